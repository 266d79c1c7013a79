import { type ElementType, normaliseAxis, type Shape, ShapeError } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { concat as concatOperator } from './operators/concat.ts';
import { constant as constantOperator } from './operators/constant.ts';
import { dropoutMask as dropoutMaskOperator } from './operators/dropout-mask.ts';
import { input as inputOperator } from './operators/input.ts';
import { apply, type GraphTensor, graphTensor } from './tensor.ts';

/** A value that is fed at every run. Without a name it must be given one when the graph is compiled, as parameters are. */
export function input(name: string | undefined, shape: Shape, type: ElementType = 'float32'): GraphTensor {
  return apply(inputOperator, [], { name, shape, type });
}

/** A tensor of fixed numbers. */
export function constant(values: readonly number[] | Float32Array, shape: readonly number[]): GraphTensor {
  return apply(constantOperator, [], { values, shape });
}

/** Joins tensors along one axis; all other axes must agree. */
export function concat(tensors: readonly Tensor[], axis: number): GraphTensor {
  const first = tensors[0];
  if (!first) throw new ShapeError('concat: expected at least one tensor, got none');
  if (tensors.length === 1) return graphTensor('concat', first);
  return apply(concatOperator, tensors, { axis: normaliseAxis('concat', axis, first.shape) });
}

/** Zeros with probability `rate`, 1 / (1 - rate) elsewhere, drawn anew at every run. */
export function dropoutMask(shape: Shape, rate: number, seed: number): GraphTensor {
  return apply(dropoutMaskOperator, [], { shape, rate, seed });
}
