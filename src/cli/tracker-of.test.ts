import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { recordRun } from '../jobs/runs/record-run.ts';
import { trackerOf } from './tracker-of.ts';

afterEach(() => vi.unstubAllEnvs());

it('without --mlflow nobody is told', () => {
  expect(trackerOf({}, () => undefined)).toBeUndefined();
});

it.each([
  [{ MLFLOW_TRACKING_TOKEN: 't' }, 'Bearer t'],
  [{ MLFLOW_TRACKING_USERNAME: 'me', MLFLOW_TRACKING_PASSWORD: 'secret' }, 'Basic bWU6c2VjcmV0'],
  [{ MLFLOW_TRACKING_USERNAME: 'me' }, undefined],
])('%j is sent as %j, and what is refused is said', async (environment, expected) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const sent: unknown[] = [];
  const server = createServer((request, response) => {
    sent.push(request.headers.authorization, request.url);
    response.writeHead(403).end('{"error_code":"PERMISSION_DENIED","message":"no"}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const mlflow = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const notes: string[] = [];
  const tracker = trackerOf({ mlflow }, (message) => void notes.push(message));
  const folder = await mkdtemp(join(tmpdir(), 'tracker-'));
  await recordRun({ folder, run: 'a', recipe: 'a', seed: 1, data: 'd', config: {}, tracker }, async (log) => {
    await log.epochs([], 0);
    return true;
  });
  server.closeAllConnections();
  server.close();
  expect(sent).toEqual([expected, '/api/2.0/mlflow/experiments/get-by-name?experiment_name=slatewise']);
  expect(notes).toEqual([expect.stringMatching(/^warning: http.*found PERMISSION_DENIED, no; training goes on/)]);
});
