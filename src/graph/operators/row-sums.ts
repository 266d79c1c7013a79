import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/**
 * Every element becomes the sum of its row, the last axis: a product with a square of ones, which for short rows (a slate) is several times as fast as a
 * reduction whose result is then broadcast. The sum is symmetric, so the gradient is the same operator.
 */
export const rowSums: Operator<object> = {
  name: 'rowSums',
  infer: ([x]) => elementwise('rowSums', x),
  lower({ inputs: [source] }, [x], onnx) {
    const extent = source.shape[source.rank - 1];
    const ones = onnx.emit('Expand', [onnx.floats([1], [1, 1]), onnx.extents([extent, extent])]);
    return [onnx.emit('MatMul', [x, ones])];
  },
  gradient: (_node, g) => [g.rowSums()],
};
