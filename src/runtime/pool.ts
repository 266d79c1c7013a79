import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CompiledGraph } from './compile.ts';
import { type FlatLayout, type Job, type JobResult, runJobs } from './job.ts';
import { createSession, type GraphSession } from './session.ts';
import type { RuntimeValues } from './value.ts';
import type { FromWorker, ToWorker } from './worker.ts';

export interface PoolOptions {
  /** How many sessions run side by side, each on its own thread; the calling thread is one of them, so that no core waits for a thread that only waits. */
  readonly workers: number;
  readonly layout: FlatLayout;
}

/** Runs jobs of one graph on several threads. */
export interface Pool {
  /** The flat parameter vector that every job reads; change it only between calls of `run`. */
  readonly parameters: Float32Array;
  /**
   * Results in the order of the jobs, whichever thread ran them: sums over them are the same for any number of workers. What the caller does between the call and
   * its await happens while the other threads are busy already.
   */
  run(jobs: readonly Job[]): Promise<readonly JobResult[]>;
  close(): Promise<void>;
}

export async function createPool(graph: CompiledGraph, { workers, layout }: PoolOptions): Promise<Pool> {
  const parameters = new Float32Array(layout.length);
  const shared = new Float32Array(new SharedArrayBuffer(4 * layout.length));
  const count = Math.max(workers, 1) - 1;
  const starting = Array.from({ length: count }, () => startThread({ kind: 'graph', graph, layout, shared }));
  const [[own], others] = await Promise.all([Promise.allSettled([createSession(graph)]), Promise.allSettled(starting)]);
  const begun = [own, ...others];
  if (begun.some(({ status }) => status === 'rejected')) await Promise.all(begun.map(stop));
  const session = unwrap(own);
  const threads = others.map(unwrap);
  let closed = false;

  return {
    parameters,
    async run(jobs) {
      shared.set(parameters);
      const shares = deal(jobs, threads.length + 1);
      const elsewhere = threads.map((thread, at) => runOn(thread, shares[at + 1]));
      const here = runJobs(session, shares[0], { layout, parameters });
      // A failed job fails the run, but only once nothing is under way any more.
      const settled = await Promise.allSettled([here, ...elsewhere]);
      return gather(settled.map(unwrap));
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([session.release(), ...threads.map((thread) => thread.terminate())]);
    },
  };
}

async function startThread(setUp: ToWorker): Promise<Worker> {
  const thread = startWorker();
  try {
    thread.postMessage(setUp);
    await nextMessage(thread);
    return thread;
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

/** A pool that cannot start leaves nothing behind of what did. */
async function stop(begun: PromiseSettledResult<GraphSession | Worker>): Promise<void> {
  if (begun.status === 'rejected') return;
  if (begun.value instanceof Worker) await begun.value.terminate();
  else await begun.value.release();
}

/** Built code starts its worker directly. From source (tests, examples) the worker is TypeScript, which Node 20 reads only through tsx. */
function startWorker(): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url));
  // Found from here, not from the working directory; `resolve` finds the CommonJS face of tsx, whose ES module lies beside it.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api'));
  const loader = new URL('./index.mjs', tsx).href;
  const [from, source] = [loader, new URL('./worker.ts', import.meta.url).href].map((url) => JSON.stringify(url));
  const boot = `import(${from}).then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(boot, { eval: true });
}

async function runOn(thread: Worker, jobs: readonly Job[]): Promise<readonly JobResult[]> {
  if (jobs.length === 0) return [];
  const copies = jobs.map((job) => ({ ...job, feeds: copyFeeds(job.feeds) }));
  const memory = copies.flatMap(({ feeds }) => Object.values(feeds).map(({ data }) => data.buffer as ArrayBuffer));
  thread.postMessage({ kind: 'jobs', jobs: copies } satisfies ToWorker, memory);
  const message = await nextMessage(thread);
  if (message.kind === 'failed') throw new Error(message.message);
  return message.kind === 'done' ? message.results : [];
}

/** What is fed is copied once and then changes hands; posted as it is, it would be copied by the thread that sends and by the one that receives. */
const copyFeeds = (feeds: RuntimeValues): RuntimeValues =>
  Object.fromEntries(Object.entries(feeds).map(([name, { data, dims }]) => [name, { data: data.slice(), dims }]));

/** Job i goes to share i mod count, as cards are dealt. */
const deal = <T>(items: readonly T[], count: number): readonly (readonly T[])[] =>
  Array.from({ length: count }, (_, share) => items.filter((_, at) => at % count === share));

/** The inverse of `deal`. */
function gather<T>(shares: readonly (readonly T[])[]): readonly T[] {
  const total = shares.reduce((sum, share) => sum + share.length, 0);
  return Array.from({ length: total }, (_, at) => shares[at % shares.length][Math.floor(at / shares.length)]);
}

function unwrap<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

/** The thread's next answer; rejects where it fails or ends without one, as when it was killed for memory. */
export function nextMessage(thread: Worker): Promise<FromWorker> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      then();
    };
    const onMessage = (message: FromWorker): void => settle(() => resolve(message));
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void =>
      settle(() =>
        reject(
          new Error(
            `a worker thread ended without an answer (exit code ${code}), perhaps for want of memory; use fewer workers`,
          ),
        ),
      );
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
    // Ended before it was asked: no event will say so again.
    if (thread.threadId === -1) onExit(1);
  });
}
