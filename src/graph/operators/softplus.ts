import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** log(1 + e^x), computed so that it neither overflows nor loses a large x; d/dx = sigmoid(x). */
export const softplus: Operator<object> = {
  name: 'softplus',
  infer: ([x]) => elementwise('softplus', x),
  lower: (_node, [x], onnx) => [onnx.emit('Softplus', [x])],
  gradient: ({ inputs: [x] }, g) => [g.mul(x.sigmoid())],
};
