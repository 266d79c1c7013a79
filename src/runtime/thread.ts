import type { FromWorker, GraphSetUp, ToWorker } from './answer-jobs.ts';
import type { Job, JobResult } from './job.ts';
import type { RuntimeValues } from './value.ts';

/** A thread that runs jobs of one graph. Any number of calls may be under way: it takes them in turn, and each gets the results of its own jobs. */
export interface Thread {
  /** False once it has ended, by `close` or by itself: all further calls reject. */
  readonly isAlive: boolean;
  /** Runs the jobs with these parameters, in shared memory that must not change before the answer. Rejects where one fails or the thread ends. */
  run(jobs: readonly Job[], shared: Float32Array): Promise<readonly JobResult[]>;
  close(): Promise<void>;
}

/** A worker as this thread sees it: Node's and a browser's tell the same in other words. */
export interface WorkerPort {
  post(message: ToWorker, memory: readonly ArrayBuffer[]): void;
  /** Called once, before anything is posted. `onEnd` is told why nothing more will come. */
  listen(onMessage: (message: FromWorker) => void, onEnd: (reason: Error) => void): void;
  end(): Promise<void>;
}

interface Waiting {
  resolve(results: readonly JobResult[]): void;
  reject(error: unknown): void;
}

/** What is asked of a worker, without the number of the call. */
type Question = ToWorker extends infer M ? (M extends ToWorker ? Omit<M, 'call'> : never) : never;

/** A thread on a worker that has just begun; leaves none behind where it cannot load the graph. */
export async function threadOn(port: WorkerPort, graph: GraphSetUp): Promise<Thread> {
  const thread = threadOver(port);
  try {
    await thread.ask({ kind: 'graph', ...graph });
    return thread;
  } catch (error) {
    await port.end();
    throw error;
  }
}

/** Numbers the calls to a worker, so that each answer finds the call it is for. */
export function threadOver(
  port: WorkerPort,
): Thread & { ask(question: Question, memory?: readonly ArrayBuffer[]): Promise<readonly JobResult[]> } {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let ended: Error | undefined;

  port.listen((message) => {
    const call = waiting.get(message.call);
    waiting.delete(message.call);
    if (message.kind === 'failed') call?.reject(new Error(message.message));
    else call?.resolve(message.results);
  }, end);

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
      port.post({ ...question, call } as ToWorker, memory);
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
      const memory = copies.flatMap(({ feeds, into }) =>
        [...Object.values(feeds).map(({ data }) => data), ...(into ? [into] : [])].map(
          ({ buffer }) => buffer as ArrayBuffer,
        ),
      );
      return ask({ kind: 'jobs', jobs: copies, shared }, memory);
    },
    close: () => port.end(),
  };
}

/** What is fed is copied once and then changes hands; posted as it is, it would be copied by the thread that sends and by the one that receives. */
const copyFeeds = (feeds: RuntimeValues): RuntimeValues =>
  Object.fromEntries(Object.entries(feeds).map(([name, { data, dims }]) => [name, { data: data.slice(), dims }]));
