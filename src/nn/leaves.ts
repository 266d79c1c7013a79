/** Tensors that formulas begin with, or join: declared without the engine that makes them. */
import { concat as concatInGraph, constant as constantInGraph } from '../graph/leaves.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** A tensor of fixed numbers, row by row. */
export const constant: (values: readonly number[] | Float32Array, shape: readonly number[]) => Tensor = constantInGraph;

/** Joins tensors along one axis; all other axes must agree. */
export const concat: (tensors: readonly Tensor[], axis: number) => Tensor = concatInGraph;
