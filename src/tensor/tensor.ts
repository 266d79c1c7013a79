import type { Dimension, Shape, TensorType } from './shape.ts';

/**
 * What formulas are written with: the promise of a value that is computed when its graph runs. Methods only write down what is to be computed; each throws
 * `ShapeError`, which names the method and the shapes, where the shapes do not fit. Axes may be counted from the end: -1 is the last.
 */
export interface Tensor extends TensorType {
  /** How many axes there are; a scalar has none. */
  readonly rank: number;

  /** Element by element, as are `sub`, `mul` and `div`; an axis of extent 1 stretches, as in NumPy. */
  add(other: Operand): Tensor;
  /** Difference, element by element. */
  sub(other: Operand): Tensor;
  /** Product, element by element. */
  mul(other: Operand): Tensor;
  /** Quotient, element by element. */
  div(other: Operand): Tensor;
  /** The larger of the two, element by element. */
  maximum(other: Operand): Tensor;
  /** -x. */
  neg(): Tensor;
  /** The absolute value. */
  abs(): Tensor;
  /** e to the power of x. */
  exp(): Tensor;
  /** Natural logarithm. */
  log(): Tensor;
  /** The square root. */
  sqrt(): Tensor;
  /** 1 / (1 + exp(-x)). */
  sigmoid(): Tensor;
  /** The hyperbolic tangent. */
  tanh(): Tensor;
  /** The larger of x and 0. */
  relu(): Tensor;
  /** 1 where this is positive, 0 elsewhere. No gradient. */
  step(): Tensor;
  /** log(1 + exp(x)) without overflow. */
  softplus(): Tensor;

  /** Matrix product over the last two axes; leading axes are batches. `transposeA`/`transposeB` swap a side's last two axes on the fly; the product is multiplied by `scale`. */
  matmul(other: Tensor, options?: { transposeA?: boolean; transposeB?: boolean; scale?: number }): Tensor;
  /** x W + b over the last axis: weight [inputs, outputs], bias [outputs]. */
  linear(weight: Tensor, bias: Tensor): Tensor;
  /** The identity matrix of this square tensor's extent. */
  identityLike(): Tensor;
  /** Swaps two axes. */
  transpose(axisA: number, axisB: number): Tensor;
  /** Reorders axes: axis i of the result is axis `permutation[i]` of this. */
  permute(permutation: readonly number[]): Tensor;
  /** The same numbers in the same order under another shape. */
  reshape(shape: Shape): Tensor;
  /** All axes but the last as one: [B, K, D] becomes [B*K, D]. */
  flattenRows(): Tensor;
  /** The same stretched to a shape, as in NumPy. */
  broadcastTo(shape: Shape): Tensor;
  /** Elements `[start, end)` of one axis. */
  slice(axis: number, start: number, end: number): Tensor;
  /** Zeros before and after along one axis. */
  padded(axis: number, before: number, after: number): Tensor;
  /** Another extent for one axis, which may be unknown before and after: zeros are appended or the end is cut. */
  fit(axis: number, extent: Dimension): Tensor;

  /** Sum over some axes, which are gone then, or with `keep` stay with extent 1. */
  sum(axes: number | readonly number[], options?: { keep?: boolean }): Tensor;
  /** Sum over all elements, a scalar. */
  total(): Tensor;
  /** Every element becomes the sum of its row, the last axis. */
  rowSums(): Tensor;
  /** The sums of the columns of rows [R, N]: [N]. */
  columnSums(): Tensor;
  /** Row r of this [R, N] times element r of `scale` [R, 1]. */
  scaleRows(scale: Tensor): Tensor;
  /** Mean over the last axis, which stays with extent 1. */
  mean(): Tensor;
  /** The largest along one axis, which is gone then, or with `keep` stays with extent 1. */
  max(axis: number, options?: { keep?: boolean }): Tensor;
  /** exp x / sum exp x along one axis. */
  softmax(axis: number): Tensor;
  /** log(sum exp x) along one axis, which stays with extent 1. */
  logSumExp(axis: number): Tensor;
  /** The logarithm of `softmax`, without overflow. */
  logSoftmax(axis: number): Tensor;
  /** (x - mean) / sqrt(variance + epsilon) over the last axis: layer normalisation before its gain and bias. */
  standardise(options?: StandardiseOptions): Tensor;

  /** Rows of this [R, D] table at integer indices of any shape: [...index, D]. */
  gatherRows(index: Tensor): Tensor;
  /** Adds the rows of this [..., D] tensor into `rows` zero rows at `index` (its leading shape): the gradient of `gatherRows`. */
  scatterRows(index: Tensor, rows: Dimension): Tensor;
  /** `value` where the condition holds, this elsewhere. */
  maskedFill(condition: Tensor, value: number): Tensor;
  /** On a bool tensor: `yes` where true, `no` elsewhere. */
  where(yes: Operand, no: Operand): Tensor;
  /** A bool tensor, as of `less` and `equal`. */
  greater(other: Operand): Tensor;
  /** 1 where this is less, 0 elsewhere. No gradient. */
  less(other: Operand): Tensor;
  /** 1 where both are equal, 0 elsewhere. No gradient. */
  equal(other: Operand): Tensor;
  /** The smaller of these whole numbers and `most`, element by element. */
  atMost(most: number): Tensor;
  /** true -> 1, false -> 0; integers to floats. */
  toFloat(): Tensor;
  /** The same value, through which no gradient flows. */
  stopGradient(): Tensor;
}

/** The other side of an element-wise operation. */
export type Operand = Tensor | number;

/** How `standardise` centres. */
export interface StandardiseOptions {
  /** Added to the variance; 1e-5 unless told otherwise. */
  readonly epsilon?: number;
  /** Promise that the gradient that comes back has mean 0 along the axis, so that it need not be subtracted. */
  readonly centredGradient?: boolean;
  /** Promise that the rows have mean 0, so that they are only scaled. */
  readonly centredInput?: boolean;
}
