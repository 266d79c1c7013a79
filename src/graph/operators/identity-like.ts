import { formatShape, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** The identity matrix of a square tensor's extent; the values of the tensor do not matter, so no gradient flows. */
export const identityLike: Operator<object> = {
  name: 'identityLike',
  infer([x]) {
    if (x.shape.length !== 2 || x.shape[0] !== x.shape[1]) {
      throw new ShapeError(`identityLike: expected a square matrix, got ${formatShape(x.shape)}`);
    }
    return [{ shape: x.shape, type: x.type }];
  },
  lower: (_node, [x], onnx) => [onnx.emit('EyeLike', [x])],
};
