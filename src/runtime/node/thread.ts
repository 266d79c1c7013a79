import type { Worker } from 'node:worker_threads';
import type { FromWorker, GraphSetUp } from '../answer-jobs.ts';
import { startWorker } from '../start-worker.ts';
import { type Thread, threadOn, type WorkerPort } from '../thread.ts';

/** Starts a worker thread with its graph; leaves none behind where that fails. */
export const startThread = (graph: GraphSetUp): Promise<Thread> =>
  threadOn(portOf(startWorker('./worker', import.meta.url)), graph);

/** A worker thread of Node. */
export const portOf = (worker: Worker): WorkerPort => ({
  post: (message, memory) => worker.postMessage(message, [...memory]),
  listen(onMessage, onEnd) {
    worker.on('message', (message: FromWorker) => onMessage(message));
    // An error that nothing in the thread has caught ends it: the exit follows.
    worker.on('error', onEnd);
    worker.on('messageerror', onEnd);
    worker.on('exit', (code: number) => onEnd(withoutAnswer(code)));
  },
  async end() {
    await worker.terminate();
  },
});

const withoutAnswer = (code: number): Error =>
  new Error(
    `a worker thread ended without an answer (exit code ${code}), perhaps for want of memory; use fewer workers`,
  );
