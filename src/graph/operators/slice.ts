import { formatShape, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

export interface SliceAttributes {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

/** Elements `[start, end)` of one axis of known extent. */
export const slice: Operator<SliceAttributes> = {
  name: 'slice',
  infer([x], { axis, start, end }) {
    const extent = x.shape[axis];
    if (typeof extent !== 'number' || start < 0 || end > extent || start >= end) {
      throw new ShapeError(`slice: [${start}, ${end}) does not fit axis ${axis} of ${formatShape(x.shape)}`);
    }
    return [{ shape: x.shape.map((d, at) => (at === axis ? end - start : d)), type: x.type }];
  },
  lower: ({ attributes: { axis, start, end } }, [x], onnx) => [
    onnx.emit('Slice', [x, onnx.integers([start]), onnx.integers([end]), onnx.integers([axis])]),
  ],
  gradient({ inputs: [x], attributes: { axis, start, end } }, g) {
    return [g.padded(axis, start, Number(x.shape[axis]) - end)];
  },
};
