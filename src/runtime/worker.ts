import { parentPort } from 'node:worker_threads';
import type { CompiledGraph } from './compile.ts';
import { type FlatLayout, type Job, type JobResult, runJobs } from './job.ts';
import { createSession, type GraphSession } from './session.ts';

/** What the pool tells a worker: first the graph, then jobs. */
export type ToWorker =
  | {
      readonly kind: 'graph';
      readonly graph: CompiledGraph;
      readonly layout: FlatLayout;
      /** Where the parameters of every run are found, in shared memory. */
      readonly shared: Float32Array;
    }
  | { readonly kind: 'jobs'; readonly jobs: readonly Job[] };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly results: readonly JobResult[] }
  | { readonly kind: 'failed'; readonly message: string };

const port = parentPort;
if (!port) throw new Error('worker.ts runs only as a worker thread');
const reply = (message: FromWorker, transfer: readonly ArrayBuffer[] = []): void =>
  port.postMessage(message, [...transfer]);

let session: GraphSession | undefined;
let layout: FlatLayout = { length: 0, entries: [] };
let shared: Float32Array = new Float32Array(0);
/** A private copy: ONNX Runtime does not read shared memory. */
let parameters: Float32Array = new Float32Array(0);

port.on('message', async (message: ToWorker) => {
  if (message.kind === 'graph') {
    session = await createSession(message.graph);
    layout = message.layout;
    shared = message.shared;
    parameters = new Float32Array(shared.length);
    reply({ kind: 'ready' });
  } else if (session) {
    try {
      parameters.set(shared);
      const results = await runJobs(session, message.jobs, { layout, parameters });
      reply(
        { kind: 'done', results },
        results.map(({ gradient }) => gradient.buffer as ArrayBuffer),
      );
    } catch (error) {
      reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }
});
