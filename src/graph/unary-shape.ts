import { requireType, type TensorType } from '../tensor/shape.ts';

/** Shape rule of the element-wise operators of one float tensor: the same shape. */
export function elementwise(operator: string, x: TensorType): readonly TensorType[] {
  requireType(operator, x, 'float32');
  return [{ shape: x.shape, type: x.type }];
}
