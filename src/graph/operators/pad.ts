import { formatShape, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

export interface PadAttributes {
  readonly axis: number;
  readonly before: number;
  readonly after: number;
}

/** Zeros before and after along one axis of known extent: the gradient of `slice`. */
export const pad: Operator<PadAttributes> = {
  name: 'pad',
  infer([x], { axis, before, after }) {
    const extent = x.shape[axis];
    if (typeof extent !== 'number' || before < 0 || after < 0) {
      throw new ShapeError(`pad: cannot add ${before} and ${after} to axis ${axis} of ${formatShape(x.shape)}`);
    }
    return [{ shape: x.shape.map((d, at) => (at === axis ? extent + before + after : d)), type: x.type }];
  },
  lower({ inputs: [source], attributes: { axis, before, after } }, [x], onnx) {
    const pads = Array.from({ length: 2 * source.rank }, () => 0);
    pads[axis] = before;
    pads[axis + source.rank] = after;
    return [onnx.emit('Pad', [x, onnx.integers(pads)])];
  },
  gradient({ inputs: [x], attributes: { axis, before } }, g) {
    return [g.slice(axis, before, before + Number(x.shape[axis]))];
  },
};
