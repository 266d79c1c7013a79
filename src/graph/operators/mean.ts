import { formatShape, requireType, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** Mean over the last axis, of known extent; the axis stays, with extent 1. */
export const mean: Operator<object> = {
  name: 'mean',
  infer([x]) {
    requireType('mean', x, 'float32');
    if (typeof x.shape.at(-1) !== 'number') {
      throw new ShapeError(`mean: the last axis of ${formatShape(x.shape)} must be a number`);
    }
    return [{ shape: [...x.shape.slice(0, -1), 1], type: x.type }];
  },
  lower: (_node, [x], onnx) => [onnx.emit('ReduceMean', [x, onnx.integers([-1])], { attributes: { keepdims: 1 } })],
  gradient: ({ inputs: [x] }, g) => [g.mul(1 / Number(x.shape.at(-1))).broadcastTo(x.shape)],
};
