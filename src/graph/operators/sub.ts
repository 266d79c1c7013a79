import { elementwisePair, sumToShape } from '../broadcast.ts';
import type { Operator } from '../operator.ts';

/** a - b, broadcasting. */
export const sub: Operator<object> = {
  name: 'sub',
  infer: ([a, b]) => elementwisePair('sub', a, b),
  lower: (_node, [a, b], onnx) => [onnx.emit('Sub', [a, b])],
  gradient: ({ inputs: [a, b] }, g) => [sumToShape(g, a.shape), sumToShape(g.neg(), b.shape)],
};
