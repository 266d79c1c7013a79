import { requireType } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** e^x normalised along one axis, shifted by the maximum; dx = y (g - sum g y). */
export const softmax: Operator<{ readonly axis: number }> = {
  name: 'softmax',
  infer([x]) {
    requireType('softmax', x, 'float32');
    return [{ shape: x.shape, type: x.type }];
  },
  lower: ({ attributes: { axis } }, [x], onnx) => [onnx.emit('Softmax', [x], { attributes: { axis } })],
  gradient({ outputs: [y], attributes: { axis } }, g) {
    const weighted = g.mul(y);
    const sums = axis === y.rank - 1 ? weighted.rowSums() : weighted.sum(axis, { keep: true });
    return [y.mul(g.sub(sums))];
  },
};
