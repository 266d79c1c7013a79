// Before the library: it reads its environment as it is loaded.
import './no-telemetry.ts';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import type { CompiledGraph } from './compile.ts';
import { drawDropout, type SpareMasks } from './draw-dropout.ts';
import type { RuntimeValue, RuntimeValues } from './value.ts';

export interface GraphSession {
  /** Names of what the graph reads. */
  readonly inputs: readonly string[];
  /** Runs the graph. `dropoutKey` tells this run from all others where the graph drops at random. Calls may overlap: the library runs each in one piece. */
  run(feeds: RuntimeValues, dropoutKey?: number): Promise<RuntimeValues>;
  release(): Promise<void>;
}

export interface SessionOptions {
  /** Writes ONNX Runtime's per-operator timings to `<prefix>_<time>.json` on release. */
  readonly profile?: string;
}

/** Loads a compiled graph into ONNX Runtime on one thread: parallelism is over micro-batches, in workers, which scales better than inside an operator. */
export async function createSession(graph: CompiledGraph, options: SessionOptions = {}): Promise<GraphSession> {
  const session = await InferenceSession.create(graph.bytes, {
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
    ...(options.profile ? { enableProfiling: true, profileFilePrefix: options.profile } : {}),
  });
  const spare: SpareMasks = new Map();
  return {
    inputs: session.inputNames,
    async run(feeds, dropoutKey = 0) {
      const drawn = drawDropout(graph.dropoutMasks, graph.inputs, { feeds, key: dropoutKey, spare });
      const fed: Record<string, OnnxTensor> = {};
      for (const name of session.inputNames) {
        const value = feeds[name] ?? drawn[name];
        if (!value) throw new TypeError(`run: the graph's input "${name}" was not fed`);
        fed[name] = toOnnx(value);
      }
      const fetched = await session.run(fed);
      for (const [name, { data }] of Object.entries(drawn)) spare.set(name, data);
      const values: Record<string, RuntimeValue> = {};
      for (const [name, tensor] of Object.entries(fetched)) {
        values[name] = { data: tensor.data as RuntimeValue['data'], dims: tensor.dims };
      }
      return values;
    },
    async release() {
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
