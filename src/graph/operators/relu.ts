import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** max(x, 0); the gradient at 0 is 0. */
export const relu: Operator<object> = {
  name: 'relu',
  infer: ([x]) => elementwise('relu', x),
  lower: (_node, [x], onnx) => [onnx.emit('Relu', [x])],
  gradient: ({ outputs: [y] }, g) => [g.mul(y.step())],
};
