import {
  type Dimension,
  type ElementType,
  normaliseAxis,
  productOf,
  type Shape,
  sameShape,
  type TensorType,
} from '../tensor/shape.ts';
import type { Operand, StandardiseOptions, Tensor } from '../tensor/tensor.ts';
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
import { standardise } from './operators/standardise.ts';
import { step } from './operators/step.ts';
import { stopGradient } from './operators/stop-gradient.ts';
import { sub } from './operators/sub.ts';
import { sum } from './operators/sum.ts';
import { tanh } from './operators/tanh.ts';
import { transpose } from './operators/transpose.ts';
import { where } from './operators/where.ts';

/** The tensors of this engine: ONNX Runtime computes the value. Methods, documented at `Tensor`, build graph nodes; nothing is computed here. */
export class GraphTensor implements Tensor {
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

  add(other: Operand): GraphTensor {
    return apply(add, [this, operand(other)], {});
  }
  sub(other: Operand): GraphTensor {
    return apply(sub, [this, operand(other)], {});
  }
  mul(other: Operand): GraphTensor {
    return apply(mul, [this, operand(other)], {});
  }
  div(other: Operand): GraphTensor {
    return apply(div, [this, operand(other)], {});
  }
  maximum(other: Operand): GraphTensor {
    return apply(maximum, [this, operand(other)], {});
  }
  neg(): GraphTensor {
    return apply(neg, [this], {});
  }
  abs(): GraphTensor {
    return apply(abs, [this], {});
  }
  exp(): GraphTensor {
    return apply(exp, [this], {});
  }
  log(): GraphTensor {
    return apply(log, [this], {});
  }
  sqrt(): GraphTensor {
    return apply(sqrt, [this], {});
  }
  sigmoid(): GraphTensor {
    return apply(sigmoid, [this], {});
  }
  tanh(): GraphTensor {
    return apply(tanh, [this], {});
  }
  relu(): GraphTensor {
    return apply(relu, [this], {});
  }
  step(): GraphTensor {
    return apply(step, [this], {});
  }
  softplus(): GraphTensor {
    return apply(softplus, [this], {});
  }

  matmul(other: Tensor, options: { transposeA?: boolean; transposeB?: boolean; scale?: number } = {}): GraphTensor {
    const { transposeA = false, transposeB = false, scale = 1 } = options;
    return apply(matmul, [this, other], { transposeA, transposeB, scale });
  }
  linear(weight: Tensor, bias: Tensor): GraphTensor {
    const rows = apply(linear, [this.flattenRows(), weight, bias], {});
    return rows.reshape([...this.shape.slice(0, -1), rows.shape[1]]);
  }
  identityLike(): GraphTensor {
    return apply(identityLike, [this], {});
  }
  transpose(axisA: number, axisB: number): GraphTensor {
    const permutation = this.shape.map((_, axis) => axis);
    const a = normaliseAxis('transpose', axisA, this.shape);
    const b = normaliseAxis('transpose', axisB, this.shape);
    permutation[a] = b;
    permutation[b] = a;
    return this.permute(permutation);
  }
  permute(permutation: readonly number[]): GraphTensor {
    return apply(transpose, [this], { permutation });
  }
  /** A reshape of a reshape is one. */
  reshape(shape: Shape): GraphTensor {
    const source = this.node.operator.name === reshape.name ? this.node.inputs[0] : this;
    return sameShape(source.shape, shape) ? source : apply(reshape, [source], { shape });
  }
  flattenRows(): GraphTensor {
    return this.rank === 2 ? this : this.reshape([productOf(this.shape.slice(0, -1)), this.shape[this.rank - 1]]);
  }
  broadcastTo(shape: Shape): GraphTensor {
    return apply(broadcastTo, [this], { shape });
  }
  slice(axis: number, start: number, end: number): GraphTensor {
    return apply(slice, [this], { axis: normaliseAxis('slice', axis, this.shape), start, end });
  }

  padded(axis: number, before: number, after: number): GraphTensor {
    return apply(pad, [this], { axis: normaliseAxis('pad', axis, this.shape), before, after });
  }

  fit(axis: number, extent: Dimension): GraphTensor {
    const at = normaliseAxis('fit', axis, this.shape);
    return this.shape[at] === extent ? this : apply(fit, [this], { axis: at, extent });
  }

  sum(axes: number | readonly number[], options: { keep?: boolean } = {}): GraphTensor {
    return apply(sum, [this], { axes: this.axesOf('sum', axes), keep: options.keep ?? false });
  }
  total(): GraphTensor {
    return this.sum(this.shape.map((_, axis) => axis));
  }
  rowSums(): GraphTensor {
    return apply(rowSums, [this], {});
  }
  columnSums(): GraphTensor {
    return apply(columnSums, [this], {});
  }
  scaleRows(scale: Tensor): GraphTensor {
    return apply(scaleRows, [this, scale], {});
  }
  mean(): GraphTensor {
    return apply(mean, [this], {});
  }
  max(axis: number, options: { keep?: boolean } = {}): GraphTensor {
    return apply(max, [this], { axis: normaliseAxis('max', axis, this.shape), keep: options.keep ?? false });
  }
  softmax(axis: number): GraphTensor {
    return apply(softmax, [this], { axis: normaliseAxis('softmax', axis, this.shape) });
  }
  /** Shifted by the maximum, through which no gradient flows. */
  logSumExp(axis: number): GraphTensor {
    const top = this.max(axis, { keep: true }).stopGradient();
    return this.sub(top).exp().sum(axis, { keep: true }).log().add(top);
  }
  logSoftmax(axis: number): GraphTensor {
    return apply(logSoftmax, [this], { axis: normaliseAxis('logSoftmax', axis, this.shape) });
  }
  standardise({ epsilon = 1e-5, centredGradient = false, centredInput = false }: StandardiseOptions = {}): GraphTensor {
    return apply(standardise, [this.flattenRows()], { epsilon, centredGradient, centredInput }).reshape(this.shape);
  }

  gatherRows(index: Tensor): GraphTensor {
    return apply(gatherRows, [this, index], {});
  }
  scatterRows(index: Tensor, rows: Dimension): GraphTensor {
    return apply(scatterRows, [this, index], { rows });
  }
  maskedFill(condition: Tensor, value: number): GraphTensor {
    return apply(where, [condition, operand(value), this], {});
  }
  where(yes: Operand, no: Operand): GraphTensor {
    return apply(where, [this, operand(yes), operand(no)], {});
  }
  greater(other: Operand): GraphTensor {
    return this.compared('Greater', other);
  }
  less(other: Operand): GraphTensor {
    return this.compared('Less', other);
  }
  equal(other: Operand): GraphTensor {
    return this.compared('Equal', other);
  }
  atMost(most: number): GraphTensor {
    return apply(atMost, [this], { most });
  }
  toFloat(): GraphTensor {
    return this.type === 'float32' ? this : apply(cast, [this], { to: 'float32' });
  }
  stopGradient(): GraphTensor {
    return apply(stopGradient, [this], {});
  }

  private compared(comparison: Relation, other: Operand): GraphTensor {
    return apply(compare, [this, operand(other)], { comparison });
  }
  private axesOf(name: string, axes: number | readonly number[]): readonly number[] {
    const list = typeof axes === 'number' ? [axes] : axes;
    return list.map((axis) => normaliseAxis(name, axis, this.shape)).sort((a, b) => a - b);
  }
}

const operand = (value: Operand): Tensor =>
  typeof value === 'number' ? apply(constant, [], { values: [value], shape: [] }) : value;

/** Applies an operator with one output. */
export function apply<Attributes>(
  operator: Operator<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): GraphTensor {
  const outputs: GraphTensor[] = [];
  const own = inputs.map((input) => graphTensor(operator.name, input));
  const node: Node<Attributes> = { operator, inputs: own, attributes, outputs };
  const types = operator.infer(own, attributes);
  for (const [index, type] of types.entries()) outputs.push(new GraphTensor(node as Node, index, type));
  return outputs[0] as GraphTensor;
}

/** A tensor that comes from outside this room as one of its own; throws `TypeError`, which names the function it was given to, where it is none. */
export function graphTensor(name: string, tensor: Tensor): GraphTensor {
  if (tensor instanceof GraphTensor) return tensor;
  throw new TypeError(
    `${name}: expected a tensor, found ${kindOf(tensor)}; make it from the tensors that the function was given, with the same copy of slatewise`,
  );
}

const kindOf = (value: unknown): string =>
  value !== null && typeof value === 'object' && 'shape' in value ? 'an object like one' : `${value}`;
