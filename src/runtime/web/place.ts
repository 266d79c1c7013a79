import { env } from 'onnxruntime-web/wasm';
import type { WorkerPort } from '../thread.ts';

/** What only the page knows that holds this bundle. */
export interface WebPlace {
  /** ONNX Runtime's WebAssembly: the URL where it lies, or its bytes. */
  readonly wasm: string | Uint8Array;
  /** Starts a worker that runs `answerJobs`; where it is left out, all work is done by the calling thread. */
  readonly startWorker?: () => WorkerPort;
}

let place: WebPlace | undefined;

/** To be told once, before any graph is run. */
export function setWebPlace(given: WebPlace): void {
  place = given;
  if (typeof given.wasm === 'string') env.wasm.wasmPaths = { wasm: given.wasm };
  else env.wasm.wasmBinary = given.wasm;
  // More would need memory that is shared, which only pages have that a server isolates by its headers. Threads of ours need none.
  env.wasm.numThreads = 1;
  env.logLevel = 'error';
}

export function webPlace(): WebPlace {
  if (place) return place;
  throw new Error(
    'webPlace: expected setWebPlace before the first graph, found none; tell it where the WebAssembly is',
  );
}
