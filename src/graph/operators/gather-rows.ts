import { formatShape, requireType, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** Rows of a [R, D] table at int64 indices of any shape: [...index, D]. */
export const gatherRows: Operator<object> = {
  name: 'gatherRows',
  infer([table, index]) {
    requireType('gatherRows', table, 'float32');
    requireType('gatherRows', index, 'int64');
    if (table.shape.length !== 2)
      throw new ShapeError(`gatherRows: the table must be [rows, D], got ${formatShape(table.shape)}`);
    return [{ shape: [...index.shape, table.shape[1]], type: table.type }];
  },
  lower: (_node, [table, index], onnx) => [onnx.emit('Gather', [table, index], { attributes: { axis: 0 } })],
  gradient: ({ inputs: [table, index] }, g) => [g.scatterRows(index, table.shape[0]), undefined],
};
