import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** Square root; d/dx = 1 / (2 sqrt x), infinite at 0: add a floor before it where 0 can occur. */
export const sqrt: Operator<object> = {
  name: 'sqrt',
  infer: ([x]) => elementwise('sqrt', x),
  lower: (_node, [x], onnx) => [onnx.emit('Sqrt', [x])],
  gradient: ({ outputs: [y] }, g) => [g.div(y.mul(2))],
};
