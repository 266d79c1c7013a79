import type { Worker } from 'node:worker_threads';
import type { Job, JobResult } from './job.ts';
import { startWorker } from './start-worker.ts';
import type { RuntimeValues } from './value.ts';
import type { FromWorker, GraphSetUp, ToWorker } from './worker.ts';

/** A worker thread that runs jobs of one graph. Any number of calls may be under way: it takes them in turn, and each gets the results of its own jobs. */
export interface Thread {
  /** False once it has ended, by `close` or by itself: all further calls reject. */
  readonly isAlive: boolean;
  /** Runs the jobs with these parameters, in shared memory that must not change before the answer. Rejects where one fails or the thread ends. */
  run(jobs: readonly Job[], shared: Float32Array): Promise<readonly JobResult[]>;
  close(): Promise<void>;
}

/** Starts a thread with its graph; leaves none behind where that fails. */
export async function startThread(graph: GraphSetUp): Promise<Thread> {
  const worker = startWorker('./worker', import.meta.url);
  try {
    const thread = threadOf(worker);
    await thread.ask({ kind: 'graph', ...graph });
    return thread;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

interface Waiting {
  resolve(results: readonly JobResult[]): void;
  reject(error: unknown): void;
}

/** What is asked of a worker, without the number of the call. */
type Question = ToWorker extends infer M ? (M extends ToWorker ? Omit<M, 'call'> : never) : never;

/** Numbers the calls to a worker, so that each answer finds the call it is for. */
export function threadOf(worker: Worker): Thread & { ask(question: Question): Promise<readonly JobResult[]> } {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let ended: Error | undefined;

  worker.on('message', (message: FromWorker) => {
    const call = waiting.get(message.call);
    waiting.delete(message.call);
    if (message.kind === 'failed') call?.reject(new Error(message.message));
    else call?.resolve(message.results);
  });
  // An error that nothing in the thread has caught ends it: the exit follows.
  worker.on('error', end);
  worker.on('messageerror', end);
  worker.on('exit', (code: number) => end(withoutAnswer(code)));

  function end(reason: Error): void {
    ended ??= reason;
    const calls = [...waiting.values()];
    waiting.clear();
    for (const { reject } of calls) reject(ended);
  }

  function ask(question: Question, memory: readonly ArrayBuffer[] = []): Promise<readonly JobResult[]> {
    return new Promise((resolve, reject) => {
      if (ended) throw ended;
      const call = calls++;
      worker.postMessage({ ...question, call }, [...memory]);
      waiting.set(call, { resolve, reject });
    });
  }

  return {
    ask,
    get isAlive() {
      return ended === undefined;
    },
    async run(jobs, shared) {
      if (jobs.length === 0) return [];
      const copies = jobs.map((job) => ({ ...job, feeds: copyFeeds(job.feeds) }));
      const memory = copies.flatMap(({ feeds }) => Object.values(feeds).map(({ data }) => data.buffer as ArrayBuffer));
      return ask({ kind: 'jobs', jobs: copies, shared }, memory);
    },
    async close() {
      await worker.terminate();
    },
  };
}

const withoutAnswer = (code: number): Error =>
  new Error(
    `a worker thread ended without an answer (exit code ${code}), perhaps for want of memory; use fewer workers`,
  );

/** What is fed is copied once and then changes hands; posted as it is, it would be copied by the thread that sends and by the one that receives. */
const copyFeeds = (feeds: RuntimeValues): RuntimeValues =>
  Object.fromEntries(Object.entries(feeds).map(([name, { data, dims }]) => [name, { data: data.slice(), dims }]));
