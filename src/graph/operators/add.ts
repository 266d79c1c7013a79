import { elementwisePair, sumToShape } from '../broadcast.ts';
import type { Operator } from '../operator.ts';

/** a + b, broadcasting. */
export const add: Operator<object> = {
  name: 'add',
  infer: ([a, b]) => elementwisePair('add', a, b),
  lower: (_node, [a, b], onnx) => [onnx.emit('Add', [a, b])],
  gradient: ({ inputs: [a, b] }, g) => [sumToShape(g, a.shape), sumToShape(g, b.shape)],
};
