import { broadcastShapes, formatShape, type Shape, ShapeError, sameShape } from '../../tensor/shape.ts';
import { sumToShape } from '../broadcast.ts';
import type { Operator } from '../operator.ts';

/** Stretches axes of extent 1 (and adds leading ones) until the tensor has `shape`. */
export const broadcastTo: Operator<{ readonly shape: Shape }> = {
  name: 'broadcastTo',
  infer([x], { shape }) {
    if (!sameShape(broadcastShapes('broadcastTo', x.shape, shape), shape)) {
      throw new ShapeError(`broadcastTo: ${formatShape(x.shape)} does not stretch to ${formatShape(shape)}`);
    }
    return [{ shape, type: x.type }];
  },
  lower: ({ attributes }, [x], onnx) => [onnx.emit('Expand', [x, onnx.extents(attributes.shape)])],
  gradient: ({ inputs: [x] }, g) => [sumToShape(g, x.shape)],
};
