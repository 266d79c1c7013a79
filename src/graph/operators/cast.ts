import type { ElementType } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** Changes the element type: true becomes 1, false 0. No gradient: the source is no float. */
export const cast: Operator<{ readonly to: ElementType }> = {
  name: 'cast',
  infer: ([x], { to }) => [{ shape: x.shape, type: to }],
  lower: ({ attributes: { to } }, [x], onnx) => [onnx.cast(x, to)],
};
