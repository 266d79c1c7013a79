import { parentPort } from 'node:worker_threads';
import type { CompiledGraph } from './compile.ts';
import { type FlatLayout, type Job, runJob } from './job.ts';
import { createSession, type GraphSession } from './session.ts';

/** What the pool tells a worker: first the graph, then jobs. */
export type ToWorker =
  | {
      readonly kind: 'graph';
      readonly graph: CompiledGraph;
      readonly layout: FlatLayout;
      readonly parameters: Float32Array;
    }
  | { readonly kind: 'job'; readonly id: number; readonly job: Job }
  | { readonly kind: 'stop' };

const port = parentPort;
if (!port) throw new Error('worker.ts runs only as a worker thread');

let session: GraphSession | undefined;
let shared: Float32Array = new Float32Array(0);
/** A private copy: ONNX Runtime does not read shared memory. */
let parameters: Float32Array = new Float32Array(0);
let layout: FlatLayout = { length: 0, entries: [] };

port.on('message', async (message: ToWorker) => {
  if (message.kind === 'graph') {
    session = await createSession(message.graph);
    layout = message.layout;
    shared = message.parameters;
    parameters = new Float32Array(shared.length);
    port.postMessage({ kind: 'ready' });
  } else if (message.kind === 'stop') {
    await session?.release();
    port.close();
  } else if (session) {
    try {
      parameters.set(shared);
      const result = await runJob(session, message.job, { layout, parameters });
      port.postMessage({ kind: 'done', id: message.id, result }, [result.gradient.buffer as ArrayBuffer]);
    } catch (error) {
      port.postMessage({
        kind: 'failed',
        id: message.id,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
});
