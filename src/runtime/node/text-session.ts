/** An ONNX file that reads texts beside numbers, as it lies on disk with the data beside it. */
import './no-telemetry.ts';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';

/** Numbers or texts in row-major order and their extents. */
export interface FileFeed {
  readonly data: Float32Array | Float64Array | BigInt64Array | readonly string[];
  readonly dims: readonly number[];
}

export interface FileSession {
  readonly inputs: readonly string[];
  /** What the file gives, all numbers. */
  run(feeds: Readonly<Record<string, FileFeed>>): Promise<Readonly<Record<string, Float32Array>>>;
  release(): Promise<void>;
}

export async function openOnnxFile(path: string): Promise<FileSession> {
  const session = await InferenceSession.create(path, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return {
    inputs: session.inputNames,
    async run(feeds) {
      const fed = Object.fromEntries(session.inputNames.map((name) => [name, toOnnx(feeds[name])]));
      const fetched = await session.run(fed);
      return Object.fromEntries(Object.entries(fetched).map(([name, { data }]) => [name, data as Float32Array]));
    },
    release: () => session.release(),
  };
}

function toOnnx({ data, dims }: FileFeed): OnnxTensor {
  if (data instanceof Float32Array) return new OnnxTensor('float32', data, dims);
  if (data instanceof Float64Array) return new OnnxTensor('float64', data, dims);
  if (data instanceof BigInt64Array) return new OnnxTensor('int64', data, dims);
  return new OnnxTensor('string', [...data], dims);
}
