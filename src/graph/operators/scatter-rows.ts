import { type Dimension, formatShape, requireType, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** Adds rows [..., D] into a zero table [rows, D] at int64 indices: the gradient of `gatherRows`, and its inverse in turn. Sums in index order, so it is repeatable. */
export const scatterRows: Operator<{ readonly rows: Dimension }> = {
  name: 'scatterRows',
  infer([source, index], { rows }) {
    requireType('scatterRows', source, 'float32');
    requireType('scatterRows', index, 'int64');
    const leads = index.shape.every((extent, axis) => extent === source.shape[axis]);
    if (!leads || source.shape.length !== index.shape.length + 1) {
      throw new ShapeError(
        `scatterRows: ${formatShape(source.shape)} must be the index shape ${formatShape(index.shape)} plus one axis`,
      );
    }
    return [{ shape: [rows, source.shape[source.shape.length - 1]], type: source.type }];
  },
  lower({ inputs: [source, index], attributes: { rows } }, [updates, at], onnx) {
    const width = source.shape[source.rank - 1];
    const zeros = onnx.emit('Expand', [onnx.floats([0], [1, 1]), onnx.extents([rows, width])]);
    // ScatterND wants one index tuple per row: a trailing axis of extent 1.
    const tuples = onnx.emit('Unsqueeze', [at, onnx.integers([index.rank])]);
    return [onnx.emit('ScatterND', [zeros, tuples, updates], { attributes: { reduction: 'add' } })];
  },
  gradient: ({ inputs: [, index] }, g) => [g.gatherRows(index), undefined],
};
