import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const [session, compile, leaves, tsx] = [
  ...['../session.ts', '../compile.ts', '../../graph/leaves.ts'].map((file) => new URL(file, import.meta.url).href),
  pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href,
];
const program = `
const [{ createSession }, { compileGraph }, { input }] = await Promise.all(
  ${JSON.stringify([session, compile, leaves])}.map((url) => import(url)));
const graph = await createSession(compileGraph({ y: input('x', ['B']).mul(2) }));
const { y } = await graph.run({ x: { data: Float32Array.of(21), dims: [1] } });
await graph.release();
process.stdout.write(String(y.data[0]));`;

test('a session leaves nothing in the home of whoever runs it', () => {
  const home = mkdtempSync(join(tmpdir(), 'slatewise-home-'));
  const { ORT_DISABLE_TELEMETRY: _, ...rest } = process.env;
  const env = { ...rest, HOME: home, XDG_CACHE_HOME: home, TSX_DISABLE_CACHE: '1' };
  const args = ['--import', tsx, '--input-type=module', '--eval', program];
  expect(execFileSync(process.execPath, args, { env, encoding: 'utf8' })).toBe('42');
  expect(readdirSync(home)).toEqual([]);
});
