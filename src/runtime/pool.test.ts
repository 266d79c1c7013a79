import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { gradients } from '../graph/gradients.ts';
import { input } from '../graph/leaves.ts';
import { compileGraph } from './compile.ts';
import { flatGradient, flatGradientName } from './flat-gradient.ts';
import { createFlatLayout, type Job } from './job.ts';
import { createPool, nextMessage, type Pool } from './pool.ts';

const open: Pool[] = [];
afterEach(() => Promise.all(open.splice(0).map((pool) => pool.close())));

/** loss = sum(x * weight), so the gradient of the weight is x summed over its rows. */
async function poolOf(workers: number, fed: 'flat' | 'by name' = 'flat'): Promise<Pool> {
  const layout = createFlatLayout({ weight: [2] });
  const weight = input(undefined, [2]);
  const loss = input('x', ['B', 2]).mul(weight).total();
  const [gradient] = gradients(loss, [weight]);
  if (!gradient) throw new Error('the weight has no gradient');
  const graph = compileGraph(
    { loss, [flatGradientName]: flatGradient([gradient]) },
    { parameters: { weight }, flat: fed === 'flat' ? layout.entries : [] },
  );
  const pool = await createPool(graph, { workers, layout });
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

test('a thread that ends without an answer is an error, not a wait', async () => {
  const ending = (code: string): Worker => new Worker(code, { eval: true });
  const ended = ending('process.exit(9)');
  await expect(nextMessage(ended)).rejects.toThrow('ended without an answer (exit code 9)');
  await expect(nextMessage(ended)).rejects.toThrow('ended without an answer');
  await expect(nextMessage(ending('throw new Error("broken")'))).rejects.toThrow('broken');
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
