/** Nodes of an ONNX graph, written one by one: what stands before a scorer's graph and behind it. */
import {
  ELEMENT_CODES,
  type OnnxConstant,
  type OnnxElementType,
  type OnnxInputType,
  type OnnxModelAttribute,
  type OnnxNode,
  type OnnxValue,
} from '../runtime/onnx-model.ts';
import type { Shape } from '../tensor/shape.ts';

export interface GraphWriter {
  readonly inputs: readonly OnnxValue<OnnxInputType>[];
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  /** Declares what is fed; its name. */
  input(name: string, type: OnnxInputType, shape: Shape): string;
  /** Applies an operator; the name of its output. */
  emit(opType: string, inputs: readonly string[], options?: NodeOptions): string;
  floats(values: ArrayLike<number>, dims?: readonly number[]): string;
  doubles(values: ArrayLike<number>, dims?: readonly number[]): string;
  integers(values: readonly number[], dims?: readonly number[]): string;
  booleans(values: readonly boolean[], dims?: readonly number[]): string;
  cast(value: string, to: OnnxElementType, name?: string): string;
  /** A new axis of extent 1. */
  unsqueeze(value: string, axis: number): string;
  sum(value: string, axis: number, keep?: boolean): string;
  concat(values: readonly string[], axis: number): string;
}

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, OnnxModelAttribute>>;
  readonly domain?: string;
  /** What the output is called; a number of its own unless told otherwise. */
  readonly name?: string | undefined;
}

/** `prefix` keeps the names it makes apart from all others. */
export function createGraphWriter(prefix: string): GraphWriter {
  const inputs: OnnxValue<OnnxInputType>[] = [];
  const nodes: OnnxNode[] = [];
  const constants: OnnxConstant[] = [];

  const constant = (
    type: OnnxElementType,
    data: Float32Array | Float64Array | BigInt64Array | Uint8Array,
    dims: readonly number[],
  ): string => {
    const name = `${prefix}constant${constants.length}`;
    constants.push({ name, type, dims, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) });
    return name;
  };
  const writer: GraphWriter = {
    inputs,
    nodes,
    constants,
    input(name, type, shape) {
      inputs.push({ name, type, shape });
      return name;
    },
    emit(opType, operands, { attributes = {}, domain = '', name = `${prefix}${nodes.length}` } = {}) {
      nodes.push({ opType, domain, inputs: operands, outputs: [name], attributes });
      return name;
    },
    floats: (values, dims = [values.length]) =>
      constant('float32', values instanceof Float32Array ? values : Float32Array.from(values), dims),
    doubles: (values, dims = [values.length]) => constant('float64', Float64Array.from(values), dims),
    integers: (values, dims = [values.length]) => constant('int64', BigInt64Array.from(values, BigInt), dims),
    booleans: (values, dims = [values.length]) => constant('bool', Uint8Array.from(values, Number), dims),
    cast: (value, to, name) => writer.emit('Cast', [value], { attributes: { to: ELEMENT_CODES[to] }, name }),
    unsqueeze: (value, axis) => writer.emit('Unsqueeze', [value, writer.integers([axis])]),
    sum: (value, axis, keep = false) =>
      writer.emit('ReduceSum', [value, writer.integers([axis])], { attributes: { keepdims: Number(keep) } }),
    concat: (values, axis) =>
      values.length === 1 ? values[0] : writer.emit('Concat', values, { attributes: { axis } }),
  };
  return writer;
}
