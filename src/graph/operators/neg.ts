import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** -x. */
export const neg: Operator<object> = {
  name: 'neg',
  infer: ([x]) => elementwise('neg', x),
  lower: (_node, [x], onnx) => [onnx.emit('Neg', [x])],
  gradient: (_node, g) => [g.neg()],
};
