import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** log(1 + e^x) as max(x, 0) + log(1 + e^-|x|), which neither overflows nor loses a large x; d/dx = sigmoid(x). */
export const softplus: Operator<object> = {
  name: 'softplus',
  infer: ([x]) => elementwise('softplus', x),
  lower: (_node, [x], onnx) => {
    const decayed = onnx.emit('Exp', [onnx.emit('Neg', [onnx.emit('Abs', [x])])]);
    const tail = onnx.emit('Log', [onnx.emit('Add', [decayed, onnx.floats([1], [])])]);
    return [onnx.emit('Add', [onnx.emit('Relu', [x]), tail])];
  },
  gradient: ({ inputs: [x] }, g) => [g.mul(x.sigmoid())],
};
