import type { Node, Operator } from './operator.ts';
import { abs } from './operators/abs.ts';
import { add } from './operators/add.ts';
import { atMost } from './operators/at-most.ts';
import { broadcastTo } from './operators/broadcast-to.ts';
import { cast } from './operators/cast.ts';
import { columnSums } from './operators/column-sums.ts';
import { compare, type Relation } from './operators/compare.ts';
import { constant } from './operators/constant.ts';
import { div } from './operators/div.ts';
import { exp } from './operators/exp.ts';
import { fit } from './operators/fit.ts';
import { gatherRows } from './operators/gather-rows.ts';
import { identityLike } from './operators/identity-like.ts';
import { linear } from './operators/linear.ts';
import { log } from './operators/log.ts';
import { logSoftmax } from './operators/log-softmax.ts';
import { matmul } from './operators/matmul.ts';
import { max } from './operators/max.ts';
import { maximum } from './operators/maximum.ts';
import { mean } from './operators/mean.ts';
import { mul } from './operators/mul.ts';
import { neg } from './operators/neg.ts';
import { pad } from './operators/pad.ts';
import { relu } from './operators/relu.ts';
import { reshape } from './operators/reshape.ts';
import { rowSums } from './operators/row-sums.ts';
import { scaleRows } from './operators/scale-rows.ts';
import { scatterRows } from './operators/scatter-rows.ts';
import { sigmoid } from './operators/sigmoid.ts';
import { slice } from './operators/slice.ts';
import { softmax } from './operators/softmax.ts';
import { softplus } from './operators/softplus.ts';
import { sqrt } from './operators/sqrt.ts';
import { type StandardiseAttributes, standardise } from './operators/standardise.ts';
import { step } from './operators/step.ts';
import { stopGradient } from './operators/stop-gradient.ts';
import { sub } from './operators/sub.ts';
import { sum } from './operators/sum.ts';
import { tanh } from './operators/tanh.ts';
import { transpose } from './operators/transpose.ts';
import { where } from './operators/where.ts';
import {
  type Dimension,
  type ElementType,
  normaliseAxis,
  productOf,
  type Shape,
  sameShape,
  type TensorType,
} from './shape.ts';

/** A symbolic tensor: the promise of a value that ONNX Runtime computes. Methods build graph nodes; nothing is computed here. */
export class Tensor implements TensorType {
  readonly node: Node;
  /** Which of the node's outputs this is. */
  readonly output: number;
  readonly shape: Shape;
  readonly type: ElementType;

  constructor(node: Node, output: number, tensorType: TensorType) {
    this.node = node;
    this.output = output;
    this.shape = tensorType.shape;
    this.type = tensorType.type;
  }

  get rank(): number {
    return this.shape.length;
  }

  add(other: Operand): Tensor {
    return apply(add, [this, operand(other)], {});
  }
  sub(other: Operand): Tensor {
    return apply(sub, [this, operand(other)], {});
  }
  mul(other: Operand): Tensor {
    return apply(mul, [this, operand(other)], {});
  }
  div(other: Operand): Tensor {
    return apply(div, [this, operand(other)], {});
  }
  /** The larger of the two, element by element. */
  maximum(other: Operand): Tensor {
    return apply(maximum, [this, operand(other)], {});
  }
  neg(): Tensor {
    return apply(neg, [this], {});
  }
  abs(): Tensor {
    return apply(abs, [this], {});
  }
  exp(): Tensor {
    return apply(exp, [this], {});
  }
  /** Natural logarithm. */
  log(): Tensor {
    return apply(log, [this], {});
  }
  sqrt(): Tensor {
    return apply(sqrt, [this], {});
  }
  sigmoid(): Tensor {
    return apply(sigmoid, [this], {});
  }
  tanh(): Tensor {
    return apply(tanh, [this], {});
  }
  relu(): Tensor {
    return apply(relu, [this], {});
  }
  /** 1 where this is positive, 0 elsewhere. No gradient. */
  step(): Tensor {
    return apply(step, [this], {});
  }
  /** log(1 + exp(x)) without overflow. */
  softplus(): Tensor {
    return apply(softplus, [this], {});
  }

  /** Matrix product over the last two axes; leading axes are batches. `transposeA`/`transposeB` swap a side's last two axes on the fly. */
  matmul(other: Tensor, options: { transposeA?: boolean; transposeB?: boolean; scale?: number } = {}): Tensor {
    const { transposeA = false, transposeB = false, scale = 1 } = options;
    return apply(matmul, [this, other], { transposeA, transposeB, scale });
  }
  /** x W + b over the last axis: weight [inputs, outputs], bias [outputs]. */
  linear(weight: Tensor, bias: Tensor): Tensor {
    const rows = apply(linear, [this.flattenRows(), weight, bias], {});
    return rows.reshape([...this.shape.slice(0, -1), rows.shape[1]]);
  }
  /** The identity matrix of this square tensor's extent. */
  identityLike(): Tensor {
    return apply(identityLike, [this], {});
  }
  /** Swaps two axes. */
  transpose(axisA: number, axisB: number): Tensor {
    const permutation = this.shape.map((_, axis) => axis);
    const a = normaliseAxis('transpose', axisA, this.shape);
    const b = normaliseAxis('transpose', axisB, this.shape);
    permutation[a] = b;
    permutation[b] = a;
    return this.permute(permutation);
  }
  /** Reorders axes: axis i of the result is axis `permutation[i]` of this. */
  permute(permutation: readonly number[]): Tensor {
    return apply(transpose, [this], { permutation });
  }
  /** A reshape of a reshape is one. */
  reshape(shape: Shape): Tensor {
    const source = this.node.operator.name === reshape.name ? this.node.inputs[0] : this;
    return sameShape(source.shape, shape) ? source : apply(reshape, [source], { shape });
  }
  /** All axes but the last as one: [B, K, D] becomes [B*K, D]. */
  flattenRows(): Tensor {
    return this.rank === 2 ? this : this.reshape([productOf(this.shape.slice(0, -1)), this.shape[this.rank - 1]]);
  }
  broadcastTo(shape: Shape): Tensor {
    return apply(broadcastTo, [this], { shape });
  }
  /** Elements `[start, end)` of one axis. */
  slice(axis: number, start: number, end: number): Tensor {
    return apply(slice, [this], { axis: normaliseAxis('slice', axis, this.shape), start, end });
  }

  /** Zeros before and after along one axis. */
  padded(axis: number, before: number, after: number): Tensor {
    return apply(pad, [this], { axis: normaliseAxis('pad', axis, this.shape), before, after });
  }

  /** Another extent for one axis, which may be unknown before and after: zeros are appended or the end is cut. */
  fit(axis: number, extent: Dimension): Tensor {
    const at = normaliseAxis('fit', axis, this.shape);
    return this.shape[at] === extent ? this : apply(fit, [this], { axis: at, extent });
  }

  sum(axes: number | readonly number[], options: { keep?: boolean } = {}): Tensor {
    return apply(sum, [this], { axes: this.axesOf('sum', axes), keep: options.keep ?? false });
  }
  /** Sum over all elements, a scalar. */
  total(): Tensor {
    return this.sum(this.shape.map((_, axis) => axis));
  }
  /** Every element becomes the sum of its row, the last axis. */
  rowSums(): Tensor {
    return apply(rowSums, [this], {});
  }
  /** The sums of the columns of rows [R, N]: [N]. */
  columnSums(): Tensor {
    return apply(columnSums, [this], {});
  }
  /** Row r of this [R, N] times element r of `scale` [R, 1]. */
  scaleRows(scale: Tensor): Tensor {
    return apply(scaleRows, [this, scale], {});
  }
  /** Mean over the last axis, which stays with extent 1. */
  mean(): Tensor {
    return apply(mean, [this], {});
  }
  max(axis: number, options: { keep?: boolean } = {}): Tensor {
    return apply(max, [this], { axis: normaliseAxis('max', axis, this.shape), keep: options.keep ?? false });
  }
  softmax(axis: number): Tensor {
    return apply(softmax, [this], { axis: normaliseAxis('softmax', axis, this.shape) });
  }
  /** log(sum exp x) along one axis, which stays with extent 1; shifted by the maximum, through which no gradient flows. */
  logSumExp(axis: number): Tensor {
    const top = this.max(axis, { keep: true }).stopGradient();
    return this.sub(top).exp().sum(axis, { keep: true }).log().add(top);
  }
  logSoftmax(axis: number): Tensor {
    return apply(logSoftmax, [this], { axis: normaliseAxis('logSoftmax', axis, this.shape) });
  }
  /** (x - mean) / sqrt(variance + epsilon) over the last axis: layer normalisation before its gain and bias. */
  standardise({
    epsilon = 1e-5,
    centredGradient = false,
    centredInput = false,
  }: Partial<StandardiseAttributes> = {}): Tensor {
    return apply(standardise, [this.flattenRows()], { epsilon, centredGradient, centredInput }).reshape(this.shape);
  }

  /** Rows of this [R, D] table at integer indices of any shape: [...index, D]. */
  gatherRows(index: Tensor): Tensor {
    return apply(gatherRows, [this, index], {});
  }
  /** Adds the rows of this [..., D] tensor into `rows` zero rows at `index` (its leading shape): the gradient of `gatherRows`. */
  scatterRows(index: Tensor, rows: Dimension): Tensor {
    return apply(scatterRows, [this, index], { rows });
  }
  /** `value` where the condition holds, this elsewhere. */
  maskedFill(condition: Tensor, value: number): Tensor {
    return apply(where, [condition, operand(value), this], {});
  }
  /** On a bool tensor: `yes` where true, `no` elsewhere. */
  where(yes: Operand, no: Operand): Tensor {
    return apply(where, [this, operand(yes), operand(no)], {});
  }
  greater(other: Operand): Tensor {
    return this.compared('Greater', other);
  }
  less(other: Operand): Tensor {
    return this.compared('Less', other);
  }
  equal(other: Operand): Tensor {
    return this.compared('Equal', other);
  }
  /** The smaller of these whole numbers and `most`, element by element. */
  atMost(most: number): Tensor {
    return apply(atMost, [this], { most });
  }
  /** true -> 1, false -> 0; integers to floats. */
  toFloat(): Tensor {
    return this.type === 'float32' ? this : apply(cast, [this], { to: 'float32' });
  }
  /** The same value, through which no gradient flows. */
  stopGradient(): Tensor {
    return apply(stopGradient, [this], {});
  }

  private compared(comparison: Relation, other: Operand): Tensor {
    return apply(compare, [this, operand(other)], { comparison });
  }
  private axesOf(name: string, axes: number | readonly number[]): readonly number[] {
    const list = typeof axes === 'number' ? [axes] : axes;
    return list.map((axis) => normaliseAxis(name, axis, this.shape)).sort((a, b) => a - b);
  }
}

export type Operand = Tensor | number;

const operand = (value: Operand): Tensor =>
  typeof value === 'number' ? apply(constant, [], { values: [value], shape: [] }) : value;

/** Applies an operator with one output. */
export function apply<Attributes>(
  operator: Operator<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): Tensor {
  const outputs: Tensor[] = [];
  const node: Node<Attributes> = { operator, inputs, attributes, outputs };
  const types = operator.infer(inputs, attributes);
  for (const [index, type] of types.entries()) outputs.push(new Tensor(node as Node, index, type));
  return outputs[0] as Tensor;
}
