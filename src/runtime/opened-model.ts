import type { RuntimeValue, RuntimeValues } from './value.ts';

/**
 * A model that ONNX Runtime has loaded: the one thing that differs between Node (`node/open-model.ts`, its native library) and a browser (`web/open-model.ts`,
 * WebAssembly). Which of the two a bundle gets is said once, under "browser" in package.json.
 */
export interface OpenedModel {
  readonly inputs: readonly string[];
  /** Outputs that are named in `into` may be written there: fresh memory costs more than the numbers. */
  run(feeds: RuntimeValues, into?: RuntimeValues): Promise<RuntimeValues>;
  release(): Promise<void>;
}

export interface OpenModelOptions {
  /** Writes ONNX Runtime's per-operator timings to `<prefix>_<time>.json` on release; in Node. */
  readonly profile?: string;
}

/** What a tensor of either library has. */
export interface OnnxTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** Makes a tensor of either library. */
export type MakeOnnxTensor<T extends OnnxTensor> = (
  type: 'float32' | 'float64' | 'int64' | 'bool',
  data: RuntimeValue['data'],
  dims: readonly number[],
) => T;

/** What is fed, as one of the two libraries takes it. */
export function toOnnx<T extends OnnxTensor>(feeds: RuntimeValues, make: MakeOnnxTensor<T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { data, dims }]) => [name, make(typeOf(data), data, dims)]),
  );
}

/** What a run has given, as values. */
export const fromOnnx = (fetched: Readonly<Record<string, OnnxTensor>>): RuntimeValues =>
  Object.fromEntries(
    Object.entries(fetched).map(([name, { data, dims }]) => [name, { data: data as RuntimeValue['data'], dims }]),
  );

function typeOf(data: RuntimeValue['data']): Parameters<MakeOnnxTensor<OnnxTensor>>[0] {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Float64Array) return 'float64';
  return data instanceof BigInt64Array ? 'int64' : 'bool';
}
