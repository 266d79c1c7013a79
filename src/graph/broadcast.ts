import {
  broadcastShapes,
  requireSameType,
  requireType,
  type Shape,
  sameShape,
  type TensorType,
} from '../tensor/shape.ts';
import type { GraphTensor } from './tensor.ts';

/** Shape rule of the element-wise operators of two float tensors. */
export function elementwisePair(operator: string, a: TensorType, b: TensorType): readonly TensorType[] {
  requireType(operator, a, 'float32');
  requireSameType(operator, a, b);
  return [{ shape: broadcastShapes(operator, a.shape, b.shape), type: a.type }];
}

/** The gradient of a broadcast: sums `gradient` over the axes along which a tensor of `shape` was stretched. */
export function sumToShape(gradient: GraphTensor, shape: Shape): GraphTensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const added = gradient.rank - shape.length;
  const axes = gradient.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < added || (shape[axis - added] === 1 && gradient.shape[axis] !== 1));
  const summed = axes.length > 0 ? gradient.sum(axes, { keep: true }) : gradient;
  return summed.reshape(shape);
}
