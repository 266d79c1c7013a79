import { elementwisePair, sumToShape } from '../broadcast.ts';
import type { Operator } from '../operator.ts';

/** The larger of a and b, broadcasting; where they are equal the gradient goes to a. */
export const maximum: Operator<object> = {
  name: 'maximum',
  infer: ([a, b]) => elementwisePair('maximum', a, b),
  lower: (_node, [a, b], onnx) => [onnx.emit('Max', [a, b])],
  gradient: ({ inputs: [a, b] }, g) => [
    sumToShape(g.mul(a.less(b).toFloat().mul(-1).add(1)), a.shape),
    sumToShape(g.mul(a.less(b).toFloat()), b.shape),
  ],
};
