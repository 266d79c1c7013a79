import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** The same value; the gradient stops here. */
export const stopGradient: Operator<object> = {
  name: 'stopGradient',
  infer: ([x]) => elementwise('stopGradient', x),
  lower: (_node, [x], onnx) => [onnx.emit('Identity', [x])],
  gradient: () => [undefined],
};
