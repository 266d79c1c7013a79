import { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { fromOnnx, type OpenedModel, toOnnx } from '../opened-model.ts';
import { webPlace } from './place.ts';

/** Milliseconds after which a thread that runs graph after graph looks at its messages. */
const TURN = 40;

/** Loads a model into ONNX Runtime's WebAssembly. Its sum of products goes in another order than the native library's: results agree but for rounding. */
export async function openModel(bytes: Uint8Array): Promise<OpenedModel> {
  webPlace();
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    extra: { optimization: { disable_specified_optimizers: 'MatmulTransposeFusion' } },
  });
  let turn = performance.now();
  return {
    inputs: session.inputNames,
    async run(feeds) {
      // A run never leaves the thread: without a turn of its messages nobody could stop a training.
      if (performance.now() - turn > TURN) {
        await new Promise((resolve) => setTimeout(resolve));
        turn = performance.now();
      }
      return fromOnnx(await session.run(toOnnx(feeds, (type, data, dims) => new Tensor(type, data, dims))));
    },
    release: () => session.release(),
  };
}
