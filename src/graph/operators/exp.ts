import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** e^x; d/dx = e^x. */
export const exp: Operator<object> = {
  name: 'exp',
  infer: ([x]) => elementwise('exp', x),
  lower: (_node, [x], onnx) => [onnx.emit('Exp', [x])],
  gradient: ({ outputs: [y] }, g) => [g.mul(y)],
};
