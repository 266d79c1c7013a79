import type { CompiledGraph } from './compile.ts';
import { type FlatLayout, type Job, type JobResult, runJobs } from './job.ts';
import { createSession, type GraphSession } from './session.ts';

export interface GraphSetUp {
  readonly graph: CompiledGraph;
  readonly layout: FlatLayout;
}

/** What a thread is told: first the graph, then jobs. Every message has the number of its call, and so has its answer. */
export type ToWorker =
  | ({ readonly kind: 'graph'; readonly call: number } & GraphSetUp)
  | {
      readonly kind: 'jobs';
      readonly call: number;
      readonly jobs: readonly Job[];
      /** The call's parameters, in shared memory. */
      readonly shared: Float32Array;
    };

export type FromWorker =
  | { readonly kind: 'done'; readonly call: number; readonly results: readonly JobResult[] }
  | { readonly kind: 'failed'; readonly call: number; readonly message: string };

interface Ready {
  readonly session: GraphSession;
  readonly layout: FlatLayout;
  /** A private copy: ONNX Runtime does not read shared memory. */
  readonly parameters: Float32Array;
}

/** What runs within a worker: give it each message that comes. */
export function answerJobs(
  post: (message: FromWorker, memory: readonly ArrayBuffer[]) => void,
): (message: ToWorker) => void {
  let ready: Ready | undefined;
  let turn: Promise<void> = Promise.resolve();

  // One message after the other: all share the private copy of the parameters.
  return (message) => {
    turn = turn.then(() => answer(message));
  };

  async function answer(message: ToWorker): Promise<void> {
    const { call } = message;
    try {
      const results = await resultsOf(message);
      post(
        { kind: 'done', call, results },
        results.map(({ gradient }) => gradient.buffer as ArrayBuffer),
      );
    } catch (error) {
      post({ kind: 'failed', call, message: error instanceof Error ? error.message : String(error) }, []);
    }
  }

  async function resultsOf(message: ToWorker): Promise<readonly JobResult[]> {
    if (message.kind === 'graph') {
      const { graph, layout } = message;
      ready = { session: await createSession(graph), layout, parameters: new Float32Array(layout.length) };
      return [];
    }
    if (!ready) throw new Error('answerJobs: expected a graph before jobs');
    const { session, layout, parameters } = ready;
    parameters.set(message.shared);
    return runJobs(session, message.jobs, { layout, parameters });
  }
}
