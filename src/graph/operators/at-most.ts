import { requireType } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** The smaller of each whole number and `most`. No gradient: the source is no float. */
export const atMost: Operator<{ readonly most: number }> = {
  name: 'atMost',
  infer([x]) {
    requireType('atMost', x, 'int64');
    return [{ shape: x.shape, type: x.type }];
  },
  lower: ({ attributes: { most } }, [x], onnx) => [onnx.emit('Min', [x, onnx.integers([most])])],
};
