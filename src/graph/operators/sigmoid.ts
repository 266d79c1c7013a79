import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** 1 / (1 + e^-x); d/dx = y (1 - y). */
export const sigmoid: Operator<object> = {
  name: 'sigmoid',
  infer: ([x]) => elementwise('sigmoid', x),
  lower: (_node, [x], onnx) => [onnx.emit('Sigmoid', [x])],
  gradient: ({ outputs: [y] }, g) => [g.mul(y.sub(y.mul(y)))],
};
