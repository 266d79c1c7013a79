import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochValues } from './epoch-values.ts';
import { type MlflowOptions, mlflowTracker } from './mlflow.ts';
import { recordRun } from './record-run.ts';
import type { RunStart } from './run-start.ts';

interface Asked {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
}
interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  /** No answer at all. */
  readonly silent?: boolean;
}

/** What the server was asked, and what it answers: as MLflow does, unless a test says otherwise. */
let asked: Asked[];
let answer: (path: string, count: number) => Answer | undefined;
let server: Server;
let url: string;

const mlflowAnswer = (path: string): Answer => {
  if (path.startsWith('GET experiments/get-by-name'))
    return { status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'No Experiment' } };
  if (path === 'POST experiments/create') return { body: { experiment_id: '7' } };
  if (path === 'POST runs/create') return { body: { run: { info: { run_id: 'r1' } } } };
  return { body: {} };
};

async function listen(port = 0): Promise<void> {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += String(part);
    });
    request.on('end', () => {
      const path = `${request.method} ${request.url?.replace('/base/api/2.0/mlflow/', '')}`;
      asked.push({ path, body: text === '' ? {} : JSON.parse(text), authorization: request.headers.authorization });
      const { status = 200, body = {}, silent } = answer(path, asked.length) ?? mlflowAnswer(path);
      if (silent) return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`;
}

const close = async (): Promise<void> => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
};

let start: RunStart;
let warnings: string[];
beforeEach(async () => {
  asked = [];
  warnings = [];
  answer = () => undefined;
  await listen();
  const folder = join(await mkdtemp(join(tmpdir(), 'mlflow-')), 'a');
  const config = { recipe: 'mine', losses: [{ name: 'bce', weight: 1 }], model: { width: 8 } };
  start = { folder, run: 'mine-seed-2', recipe: 'mine', seed: 2, data: 'data/sim', config };
});
afterEach(async () => {
  if (server.listening) await close();
});

function tracker(changes: Partial<MlflowOptions> = {}): ReturnType<typeof mlflowTracker> {
  // What is still under way when a test ends must not speak in the next.
  const told = warnings;
  return mlflowTracker({
    ...{ url, experiment: 'mine', timeout: 2000, pauses: [1, 1], patience: 5000 },
    warn: (message) => void told.push(message),
    ...changes,
  });
}

const epoch = (n: number): EpochValues => ({
  epoch: n,
  values: { 'train/loss': 1 / n, 'validation/rocAuc': 0.5, 'validation/f1': Number.NaN, 'train/term/größe': n },
});
const upTo = (n: number): readonly EpochValues[] => Array.from({ length: n }, (_, at) => epoch(at + 1));

/** Tells epochs one after the other, from those of before on. */
const train = (
  given: Partial<Parameters<typeof recordRun>[0]>,
  { from = 0, to, end = true }: { from?: number; to: number; end?: boolean },
): Promise<boolean | undefined> =>
  recordRun({ ...start, ...given }, async (log) => {
    for (let n = from; n <= to; n++) await log.epochs(upTo(n), n);
    return end || undefined;
  });

const paths = (): readonly string[] => asked.map(({ path }) => path);
const bodyOf = (path: string): Readonly<Record<string, unknown>> =>
  asked.find((each) => each.path === path)?.body ?? {};
/** Steps of the metrics that arrived, in their order. */
const stepsOf = (): readonly unknown[] =>
  asked.flatMap(({ body }) =>
    ((body.metrics ?? []) as readonly { readonly key: string; readonly step: number }[])
      .filter(({ key }) => key === 'train/loss')
      .map(({ step }) => step),
  );

describe('an MLflow server', () => {
  it('gets the run with its config, every number of every epoch, and how it ended', async () => {
    await train({ tracker: tracker({ headers: { authorization: 'Bearer t' } }) }, { to: 2 });
    expect(paths().filter((path) => path !== 'POST runs/log-batch')).toEqual([
      'GET experiments/get-by-name?experiment_name=mine',
      'POST experiments/create',
      'POST runs/create',
      'POST runs/update',
    ]);
    expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer t']));
    expect(bodyOf('POST experiments/create')).toEqual({ name: 'mine' });
    const [first, second] = (await readFile(join(start.folder, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n');
    const times = [first, second].map((line) => Date.parse(JSON.parse(line).time));
    const { start_time, tags, ...made } = bodyOf('POST runs/create');
    expect(made).toEqual({ experiment_id: '7', run_name: 'mine-seed-2' });
    expect(start_time).toBeLessThanOrEqual(times[0]);
    expect(tags).toContainEqual({ key: 'mlflow.source.name', value: 'slatewise' });
    const [params, ...batches] = asked.filter(({ path }) => path === 'POST runs/log-batch').map(({ body }) => body);
    expect(params).toEqual({
      run_id: 'r1',
      params: [
        { key: 'recipe', value: 'mine' },
        { key: 'losses.bce.weight', value: '1' },
        { key: 'model.width', value: '8' },
        { key: 'data', value: 'data/sim' },
        { key: 'seed', value: '2' },
      ],
    });
    expect(batches.every(({ run_id }) => run_id === 'r1')).toBe(true);
    expect(batches.flatMap(({ metrics }) => metrics)).toEqual(
      [1, 2].flatMap((step) => {
        const rest = { timestamp: times[step - 1], step };
        return [
          { key: 'train/loss', value: 1 / step, ...rest },
          { key: 'validation/rocAuc', value: 0.5, ...rest },
          { key: 'train/term/gr__e', value: step, ...rest },
        ];
      }),
    );
    expect(bodyOf('POST runs/update')).toMatchObject({
      run_id: 'r1',
      status: 'FINISHED',
      end_time: expect.any(Number),
    });
    expect(warnings).toEqual([]);
  });

  it('keeps one run for a training that goes on after an interruption, and gets each epoch once', async () => {
    await train({ tracker: tracker() }, { to: 3, end: false });
    expect(bodyOf('POST runs/update')).toMatchObject({ status: 'KILLED' });
    // The checkpoint is of epoch 2: the third comes again.
    await train({ tracker: tracker() }, { from: 2, to: 4 });
    expect(paths().filter((path) => path === 'POST runs/create')).toHaveLength(1);
    expect(stepsOf()).toEqual([1, 2, 3, 4]);
    expect(asked.flatMap(({ path, body }) => (path === 'POST runs/update' ? [body.status] : []))).toEqual([
      'KILLED',
      'RUNNING',
      'FINISHED',
    ]);
  });

  it('has a run of its own for a training that begins anew', async () => {
    await train({ tracker: tracker() }, { to: 2 });
    await train({ tracker: tracker() }, { to: 1 });
    expect(paths().filter((path) => path === 'POST runs/create')).toHaveLength(2);
    expect(stepsOf()).toEqual([1, 2, 1]);
  });

  it('has one experiment for all runs of a command, also one that another program makes at the same time', async () => {
    const shared = tracker();
    let made = false;
    answer = (path) => {
      if (path === 'POST experiments/create') {
        made = true;
        return { status: 400, body: { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'there' } };
      }
      return made && path.startsWith('GET') ? { body: { experiment: { experiment_id: '9' } } } : undefined;
    };
    for (const folder of ['a', 'b']) await train({ folder: join(start.folder, folder), tracker: shared }, { to: 1 });
    expect(paths().filter((path) => path.includes('experiments'))).toHaveLength(3);
    expect(bodyOf('POST runs/create').experiment_id).toBe('9');
    expect(warnings).toEqual([]);
  });

  it('is asked again after an answer that says to, and after one that does not come', async () => {
    answer = (_, count) => [{ status: 503 }, { status: 429 }, undefined, { silent: true }][count - 1];
    await train({ tracker: tracker({ timeout: 300 }) }, { to: 2 });
    expect(stepsOf()).toEqual([1, 2]);
    expect(warnings).toEqual([]);
  });

  it('that is away costs one warning and no training; when it is back it gets what it missed', async () => {
    const port = (server.address() as AddressInfo).port;
    await close();
    const shared = tracker();
    await train({ tracker: shared }, { to: 2 });
    expect((await readFile(join(start.folder, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n')).toHaveLength(2);
    expect(warnings).toEqual([
      `${url}: expected an MLflow server that takes runs, found ECONNREFUSED; training goes on, the run folders have all numbers`,
    ]);
    await listen(port);
    await train({ folder: join(start.folder, 'next'), run: 'next', tracker: shared }, { to: 1 });
    expect(asked.flatMap(({ path, body }) => (path === 'POST runs/create' ? [body.run_name] : []))).toEqual([
      'mine-seed-2',
      'next',
    ]);
    expect(stepsOf()).toEqual([1, 2, 1]);
    expect(warnings).toHaveLength(1);
  });

  it('at a port that no browser may ask is told by what forbids it', async () => {
    await train({ tracker: tracker({ url: 'http://127.0.0.1:9' }) }, { to: 1 });
    expect(warnings).toEqual([expect.stringContaining('found bad port; training goes on')]);
  });

  it('that never answers holds up the end of a run no longer than it was given', async () => {
    answer = () => ({ silent: true });
    // Else the test itself would not end.
    expect(await train({ tracker: tracker({ patience: 50, timeout: 3_600_000, pauses: [] }) }, { to: 1 })).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it.each([
    [{ status: 403, body: { error_code: 'PERMISSION_DENIED', message: 'no' } }, 'PERMISSION_DENIED, no'],
    [{ status: 404, body: '<html>' }, 'status 404, an answer that MLflow does not give'],
    [{ status: 200, body: '<html>' }, 'status 200, an answer that MLflow does not give'],
  ])('that refuses is left alone: %j', async (refusal, found) => {
    answer = () => refusal;
    await train({ tracker: tracker() }, { to: 3 });
    expect(asked).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining(`found ${found}; training goes on`)]);
  });
});

it('a request has no more entries than MLflow takes, and no longer values', async () => {
  const wide = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`p${at}`, at === 0 ? 'x'.repeat(600) : at]));
  const values = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`v${at}`, at]));
  await recordRun({ ...start, config: wide, tracker: tracker() }, async (log) => {
    const told = [1, 2, 3, 4].map((n): EpochValues => ({ epoch: n, values }));
    await log.epochs(told.slice(0, 0), 0);
    await log.epochs(told, 1);
    return true;
  });
  const batches = asked.filter(({ path }) => path === 'POST runs/log-batch').map(({ body }) => body);
  const sizes = (of: 'params' | 'metrics'): readonly number[] =>
    batches.flatMap((body) => (body[of] ? [(body[of] as readonly unknown[]).length] : []));
  expect(sizes('params')).toEqual([100, 100, 52]);
  expect(Math.max(...sizes('metrics'))).toBeLessThanOrEqual(1000);
  expect(sizes('metrics').reduce((sum, size) => sum + size, 0)).toBe(1600);
  expect((batches[0].params as readonly { readonly value: string }[])[0].value).toBe('x'.repeat(500));
});
