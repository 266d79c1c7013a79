import { elementwisePair, sumToShape } from '../broadcast.ts';
import type { Operator } from '../operator.ts';

/** a * b, broadcasting. */
export const mul: Operator<object> = {
  name: 'mul',
  infer: ([a, b]) => elementwisePair('mul', a, b),
  lower: (_node, [a, b], onnx) => [onnx.emit('Mul', [a, b])],
  gradient: ({ inputs: [a, b] }, g) => [sumToShape(g.mul(b), a.shape), sumToShape(g.mul(a), b.shape)],
};
