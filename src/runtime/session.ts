import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import type { CompiledGraph } from './compile.ts';

/** A value at run time: numbers in row-major order and their extents. int64 values are `BigInt64Array`, bools `Uint8Array` of 0 and 1. */
export interface RuntimeValue {
  readonly data: Float32Array | Float64Array | BigInt64Array | Uint8Array;
  readonly dims: readonly number[];
}

export type RuntimeValues = Readonly<Record<string, RuntimeValue>>;

export interface GraphSession {
  run(feeds: RuntimeValues): Promise<RuntimeValues>;
  release(): Promise<void>;
}

/** Loads a compiled graph into ONNX Runtime on one thread: parallelism is over micro-batches, in workers, which scales better than inside an operator. */
export async function createSession(
  graph: Pick<CompiledGraph, 'bytes'>,
  options: { profile?: string } = {},
): Promise<GraphSession> {
  const session = await InferenceSession.create(graph.bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    // Denormals cost 100 cycles each and appear in long-trained weights; zero is as good.
    extra: { session: { set_denormal_as_zero: '1' } },
    ...(options.profile ? { enableProfiling: true, profileFilePrefix: options.profile } : {}),
  });
  return {
    async run(feeds) {
      const fed: Record<string, OnnxTensor> = {};
      for (const name of session.inputNames) {
        const value = feeds[name];
        if (!value) throw new TypeError(`run: the graph's input "${name}" was not fed`);
        fed[name] = toOnnx(value);
      }
      const fetched = await session.run(fed);
      const values: Record<string, RuntimeValue> = {};
      for (const [name, tensor] of Object.entries(fetched)) {
        values[name] = { data: tensor.data as RuntimeValue['data'], dims: tensor.dims };
      }
      return values;
    },
    release: async () => {
      if (options.profile) session.endProfiling();
      await session.release();
    },
  };
}

function toOnnx({ data, dims }: RuntimeValue): OnnxTensor {
  if (data instanceof Float32Array) return new OnnxTensor('float32', data, dims);
  if (data instanceof Float64Array) return new OnnxTensor('float64', data, dims);
  if (data instanceof BigInt64Array) return new OnnxTensor('int64', data, dims);
  return new OnnxTensor('bool', data, dims);
}
