import type { GraphSetUp } from '../answer-jobs.ts';
import { type Thread, threadOn } from '../thread.ts';
import { webPlace } from './place.ts';

/** Starts a worker of the browser with its graph; leaves none behind where that fails. */
export async function startThread(graph: GraphSetUp): Promise<Thread> {
  const { startWorker } = webPlace();
  if (!startWorker) throw new Error('startThread: expected a page that starts workers, found none; use one worker');
  return threadOn(startWorker(), graph);
}
