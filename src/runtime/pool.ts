import { Worker } from 'node:worker_threads';
import type { CompiledGraph } from './compile.ts';
import { type FlatLayout, type Job, type JobResult, runJob } from './job.ts';
import { createSession } from './session.ts';
import type { ToWorker } from './worker.ts';

export interface PoolOptions {
  /** How many sessions run side by side; 1 runs in the calling thread. */
  readonly workers: number;
  readonly layout: FlatLayout;
}

/** Runs jobs of one graph on several threads. */
export interface Pool {
  /** The flat parameter vector that every job reads; change it only between calls of `run`. */
  readonly parameters: Float32Array;
  /** Results in the order of the jobs, whichever worker ran them: sums over them are the same for any number of workers. */
  run(jobs: readonly Job[]): Promise<readonly JobResult[]>;
  close(): Promise<void>;
}

export async function createPool(graph: CompiledGraph, { workers, layout }: PoolOptions): Promise<Pool> {
  return workers <= 1 ? createLocalPool(graph, layout) : createThreadPool(graph, { workers, layout });
}

async function createLocalPool(graph: CompiledGraph, layout: FlatLayout): Promise<Pool> {
  const session = await createSession(graph);
  const parameters = new Float32Array(layout.length);
  return {
    parameters,
    async run(jobs) {
      const results: JobResult[] = [];
      for (const job of jobs) results.push(await runJob(session, job, { layout, parameters }));
      return results;
    },
    close: () => session.release(),
  };
}

type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly result: JobResult }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

async function createThreadPool(graph: CompiledGraph, { workers, layout }: PoolOptions): Promise<Pool> {
  const parameters = new Float32Array(new SharedArrayBuffer(4 * layout.length));
  const threads = await Promise.all(Array.from({ length: workers }, startThread));
  let closed = false;

  return {
    parameters,
    run: (jobs) => runOnThreads(threads, jobs),
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };

  async function startThread(): Promise<Worker> {
    const thread = startWorker();
    const ready = nextMessage(thread);
    send(thread, { kind: 'graph', graph, layout, parameters });
    await ready;
    return thread;
  }
}

/** Built code starts its worker directly. From source (tests, examples) the worker is TypeScript, which Node 20 reads only through tsx. */
function startWorker(): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url));
  const source = new URL('./worker.ts', import.meta.url).href;
  const boot = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}); });`;
  return new Worker(boot, { eval: true });
}

/** Every free thread takes the next job; a failed job fails the whole run once the others under way have ended. */
function runOnThreads(threads: readonly Worker[], jobs: readonly Job[]): Promise<readonly JobResult[]> {
  const results = new Array<JobResult>(jobs.length);
  let next = 0;
  const work = async (thread: Worker): Promise<void> => {
    while (next < jobs.length) {
      const id = next++;
      const reply = nextMessage(thread);
      send(thread, { kind: 'job', id, job: jobs[id] });
      const message = await reply;
      if (message.kind === 'failed') throw new Error(message.message);
      if (message.kind === 'done') results[id] = message.result;
    }
  };
  return Promise.all(threads.map(work)).then(() => results);
}

function nextMessage(thread: Worker): Promise<FromWorker> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: FromWorker): void => {
      thread.off('error', onError);
      resolve(message);
    };
    const onError = (error: Error): void => {
      thread.off('message', onMessage);
      reject(error);
    };
    thread.once('message', onMessage);
    thread.once('error', onError);
  });
}

const send = (thread: Worker, message: ToWorker): void => thread.postMessage(message);
