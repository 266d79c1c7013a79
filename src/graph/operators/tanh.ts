import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** Hyperbolic tangent; d/dx = 1 - y^2. */
export const tanh: Operator<object> = {
  name: 'tanh',
  infer: ([x]) => elementwise('tanh', x),
  lower: (_node, [x], onnx) => [onnx.emit('Tanh', [x])],
  gradient: ({ outputs: [y] }, g) => [g.sub(g.mul(y.mul(y)))],
};
