// Before the library: it reads its environment as it is loaded.
import './no-telemetry.ts';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { fromOnnx, type OpenedModel, type OpenModelOptions, toOnnx } from '../opened-model.ts';
import type { RuntimeValues } from '../value.ts';

/** Loads a model into ONNX Runtime on one thread: parallelism is over micro-batches, in workers, which scales better than inside an operator. */
export async function openModel(bytes: Uint8Array, { profile }: OpenModelOptions = {}): Promise<OpenedModel> {
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    extra: {
      // Denormals cost a hundred cycles each and appear in long-trained weights; zero is as good.
      session: { set_denormal_as_zero: '1' },
      // Where the graph transposes before a product, it does so because a product that transposes on the fly is slower.
      optimization: { disable_specified_optimizers: 'MatmulTransposeFusion' },
    },
    ...(profile ? { enableProfiling: true, profileFilePrefix: profile } : {}),
  });
  return {
    inputs: session.inputNames,
    async run(feeds, into = {}) {
      const tensorsOf = (values: RuntimeValues): Record<string, Tensor> =>
        toOnnx(values, (type, data, dims) => new Tensor(type, data, dims));
      const nowhere = Object.fromEntries(session.outputNames.map((name) => [name, null]));
      return fromOnnx(await session.run(tensorsOf(feeds), { ...nowhere, ...tensorsOf(into) }));
    },
    async release() {
      if (profile) session.endProfiling();
      await session.release();
    },
  };
}
