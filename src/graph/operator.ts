import type { ElementType, Shape, TensorType } from '../tensor/shape.ts';
import type { GraphTensor } from './tensor.ts';

/** One application of an operator: its inputs, its attributes and its outputs. */
export interface Node<Attributes = unknown> {
  readonly operator: Operator<Attributes>;
  readonly inputs: readonly GraphTensor[];
  readonly attributes: Attributes;
  readonly outputs: readonly GraphTensor[];
}

/** Everything the engine knows of an operator; one file of `operators/` each. */
export interface Operator<Attributes = unknown> {
  readonly name: string;
  /** Shape rule: the types of the outputs, or a `ShapeError` that names the operator and the shapes. */
  infer(inputs: readonly TensorType[], attributes: Attributes): readonly TensorType[];
  /** ONNX lowering: emits ONNX nodes for this application and returns the names of its outputs. */
  lower(node: Node<Attributes>, inputs: readonly string[], onnx: OnnxEmitter): readonly string[];
  /**
   * Gradient rule: given the gradient of the first output, the gradients of the inputs, each of its input's shape; undefined
   * where none flows. Further outputs only serve gradient rules and carry none. Absent: the operator has no gradient.
   */
  gradient?(node: Node<Attributes>, outputGradient: GraphTensor): readonly (GraphTensor | undefined)[];
}

export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };

/** What a lowering may say. Names are ONNX value names. */
export interface OnnxEmitter {
  /** The element type that `float32` is lowered to: `float64` in gradient checks. */
  readonly float: 'float32' | 'float64';
  emit(opType: string, inputs: readonly string[], options?: EmitOptions): string;
  emitAll(opType: string, inputs: readonly string[], outputs: number, options?: EmitOptions): readonly string[];
  floats(values: readonly number[] | Float32Array, dims: readonly number[]): string;
  cast(value: string, to: ElementType): string;
  integers(values: readonly number[]): string;
  /** The same numbers under another shape. */
  reshape(value: string, shape: Shape): string;
  /** A one-dimensional int64 value with the extents of `shape`, read from the graph's inputs where they are names. */
  extents(shape: Shape): string;
}

export interface EmitOptions {
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  /** `com.microsoft` for ONNX Runtime's own operators. */
  readonly domain?: string;
}
