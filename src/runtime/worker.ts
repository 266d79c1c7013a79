import { parentPort } from 'node:worker_threads';
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

const port = parentPort;
if (!port) throw new Error('worker.ts runs only as a worker thread');

interface Ready {
  readonly session: GraphSession;
  readonly layout: FlatLayout;
  /** A private copy: ONNX Runtime does not read shared memory. */
  readonly parameters: Float32Array;
}

let ready: Ready | undefined;
let turn: Promise<void> = Promise.resolve();

// One message after the other: all share the private copy of the parameters.
port.on('message', (message: ToWorker) => {
  turn = turn.then(() => answer(message));
});

async function answer(message: ToWorker): Promise<void> {
  const { call } = message;
  try {
    const results = await resultsOf(message);
    const memory = results.map(({ gradient }) => gradient.buffer as ArrayBuffer);
    port?.postMessage({ kind: 'done', call, results } satisfies FromWorker, memory);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    port?.postMessage({ kind: 'failed', call, message: text } satisfies FromWorker);
  }
}

async function resultsOf(message: ToWorker): Promise<readonly JobResult[]> {
  if (message.kind === 'graph') {
    const { graph, layout } = message;
    ready = { session: await createSession(graph), layout, parameters: new Float32Array(layout.length) };
    return [];
  }
  if (!ready) throw new Error('worker.ts: expected a graph before jobs');
  const { session, layout, parameters } = ready;
  parameters.set(message.shared);
  return runJobs(session, message.jobs, { layout, parameters });
}
