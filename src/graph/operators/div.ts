import { elementwisePair, sumToShape } from '../broadcast.ts';
import type { Operator } from '../operator.ts';

/** a / b, broadcasting; d/db = -y / b. */
export const div: Operator<object> = {
  name: 'div',
  infer: ([a, b]) => elementwisePair('div', a, b),
  lower: (_node, [a, b], onnx) => [onnx.emit('Div', [a, b])],
  gradient: ({ inputs: [a, b], outputs: [y] }, g) => [
    sumToShape(g.div(b), a.shape),
    sumToShape(g.mul(y).div(b).neg(), b.shape),
  ],
};
