import { requireType } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** Logarithm of the softmax along one axis; dx = g - softmax(x) sum g. */
export const logSoftmax: Operator<{ readonly axis: number }> = {
  name: 'logSoftmax',
  infer([x]) {
    requireType('logSoftmax', x, 'float32');
    return [{ shape: x.shape, type: x.type }];
  },
  lower: ({ attributes: { axis } }, [x], onnx) => [onnx.emit('LogSoftmax', [x], { attributes: { axis } })],
  gradient: ({ outputs: [y], attributes: { axis } }, g) => [g.sub(y.exp().mul(g.sum(axis, { keep: true })))],
};
