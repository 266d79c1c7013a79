import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** |x|; the gradient at 0 is 0. */
export const abs: Operator<object> = {
  name: 'abs',
  infer: ([x]) => elementwise('abs', x),
  lower: (_node, [x], onnx) => [onnx.emit('Abs', [x])],
  gradient: ({ inputs: [x] }, g) => [g.mul(x.greater(0).toFloat().sub(x.less(0).toFloat()))],
};
