import { afterEach, expect, test, vi } from 'vitest';
import { gradients } from '../graph/gradients.ts';
import { input } from '../graph/leaves.ts';
import { compileGraph } from './compile.ts';
import { flatGradient, flatGradientName } from './flat-gradient.ts';
import { createFlatLayout, type Job, type JobResult } from './job.ts';
import type { startThread } from './node/thread.ts';
import { createPool, type Pool } from './pool.ts';
import type { Thread } from './thread.ts';

const started: Thread[] = [];
vi.mock('./node/thread.ts', async (original) => {
  const real = await original<typeof import('./node/thread.ts')>();
  return {
    ...real,
    startThread: vi.fn(async (...graph: Parameters<typeof startThread>) => kept(await real.startThread(...graph))),
  };
});
function kept(thread: Thread): Thread {
  started.push(thread);
  return thread;
}

const open: Pool[] = [];
afterEach(() => Promise.all(open.splice(0).map((pool) => pool.close())));

/** loss = sum(x * weight), so the gradient of the weight is x summed over its rows. */
async function poolOf(workers: number, fed: 'flat' | 'by name' = 'flat', aside = false): Promise<Pool> {
  const layout = createFlatLayout({ weight: [2] });
  const weight = input(undefined, [2]);
  const loss = input('x', ['B', 2]).mul(weight).total();
  const [gradient] = gradients(loss, [weight]);
  if (!gradient) throw new Error('the weight has no gradient');
  const graph = compileGraph(
    { loss, [flatGradientName]: flatGradient([gradient]) },
    { parameters: { weight }, flat: fed === 'flat' ? layout.entries : [] },
  );
  const pool = await createPool(graph, { workers, layout, aside });
  open.push(pool);
  return pool;
}

const job = (...data: number[]): Job => ({
  feeds: { x: { data: Float32Array.from(data), dims: [data.length / 2, 2] } },
});
const jobs = [job(1, 2), job(3, 4, 5, 6), job(7, 8), job(9, 10), job(11, 12)];

test.each([1, 2, 3, 7])('results keep the order of the jobs on %i workers', async (workers) => {
  const pool = await poolOf(workers);
  pool.parameters.set([10, 1]);
  const results = await pool.run(jobs);
  expect(results.map(({ gradient }) => [...gradient])).toEqual([
    [1, 2],
    [8, 10],
    [7, 8],
    [9, 10],
    [11, 12],
  ]);
  expect(results.map(({ values }) => Number(values.loss.data[0]))).toEqual([12, 90, 78, 100, 122]);
});

test.each(['flat', 'by name'] as const)('every run reads the parameters of its time, fed %s', async (fed) => {
  const pool = await poolOf(2, fed);
  for (const value of [1, 2]) {
    pool.parameters.fill(value);
    const results = await pool.run(jobs);
    expect(Number(results[3].values.loss.data[0])).toBe(19 * value);
  }
  expect(await pool.run([])).toEqual([]);
});

test.each([0, 1])('a job that fails, of share %i, fails the run, and the next run works', async (at) => {
  const pool = await poolOf(2);
  await expect(pool.run(jobs.with(at, { feeds: {} }))).rejects.toThrow('"x" was not fed');
  expect(await pool.run(jobs)).toHaveLength(5);
});

const sumOf = (results: readonly JobResult[]): number =>
  results.reduce((sum, { values }) => sum + Number(values.loss.data[0]), 0);

test.each([1, 2, 3])(
  'many calls at once on %i workers get their own results, each with the parameters of its call',
  async (workers) => {
    const pool = await poolOf(workers);
    const calls = Array.from({ length: 40 }, (_, call) =>
      Array.from({ length: 1 + (call % 6) }, (_, at) => job(call, at, at * call, 1)),
    );
    const asked = calls.map((call, at) => {
      pool.parameters.set([at % 3, at % 7]);
      return pool.run(call);
    });
    pool.parameters.fill(Number.NaN);
    const answers = await Promise.all(asked);
    const expected = calls.map((call, at) => {
      const [a, b] = [at % 3, at % 7];
      return call.map(({ feeds: { x } }) => Number(x.data[0]) * a + Number(x.data[1]) * b + Number(x.data[2]) * a + b);
    });
    expect(answers.map((results) => results.map(({ values }) => Number(values.loss.data[0])))).toEqual(expected);
  },
);

test('of calls at once, only the one whose job fails rejects', async () => {
  const pool = await poolOf(3);
  pool.parameters.fill(1);
  const asked = [jobs, jobs.with(1, { feeds: {} }), jobs, jobs.with(0, { feeds: {} })].map((each) => pool.run(each));
  const settled = await Promise.allSettled(asked);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
});

test('a thread that ends fails the calls it was part of; those that follow run on what is left', async () => {
  started.splice(0);
  const pool = await poolOf(3);
  pool.parameters.fill(1);
  const expected = sumOf(await pool.run(jobs));
  const [first] = started;
  const without = pool.run(jobs.slice(0, 1));
  // Ended before it is asked: on a busy machine it could answer between the two. The pool hears of the end only when this turn is over.
  const ending = first.close();
  const withIt = pool.run(jobs);
  await expect(withIt).rejects.toThrow('ended without an answer');
  await ending;
  expect(sumOf(await without)).toBe(3);
  expect(sumOf(await pool.run(jobs))).toBe(expected);
});

test('a pool aside leaves the calling thread out, and says so once all of its own have ended', async () => {
  const before = started.length;
  const pool = await poolOf(2, 'flat', true);
  pool.parameters.set([10, 1]);
  expect(started.length - before).toBe(2);
  const values = (await pool.run(jobs)).map(({ values }) => Number(values.loss.data[0]));
  expect(values).toEqual([12, 90, 78, 100, 122]);
  await Promise.all(started.slice(before).map((thread) => thread.close()));
  await expect(pool.run(jobs)).rejects.toThrow('every thread of the pool has ended');
});

test('closing waits for the calls under way and refuses those after it; it may be asked twice', async () => {
  const pool = await poolOf(2);
  pool.parameters.fill(1);
  const asked = pool.run(jobs);
  const closed = [pool.close(), pool.close()];
  await expect(pool.run(jobs)).rejects.toThrow('expected an open pool');
  expect(await asked).toHaveLength(5);
  await Promise.all(closed);
});

test('a pool that cannot start says why and leaves no thread behind', async () => {
  const layout = createFlatLayout({});
  const graph = compileGraph({ y: input('x', ['B']).mul(2) });
  const threads = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  const before = threads();
  const damaged = { ...graph, bytes: graph.bytes.slice(0, 20) };
  await expect(createPool(damaged, { workers: 3, layout })).rejects.toThrow();
  const unsendable = { ...graph, note: () => 'a function cannot be sent to a thread' };
  await expect(createPool(unsendable, { workers: 3, layout })).rejects.toThrow('could not be cloned');
  expect(threads()).toBe(before);
});
