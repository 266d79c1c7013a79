import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** Natural logarithm; d/dx = 1/x. */
export const log: Operator<object> = {
  name: 'log',
  infer: ([x]) => elementwise('log', x),
  lower: (_node, [x], onnx) => [onnx.emit('Log', [x])],
  gradient: ({ inputs: [x] }, g) => [g.div(x)],
};
