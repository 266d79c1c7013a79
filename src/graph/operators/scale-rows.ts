import { formatShape, requireType, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/**
 * Row r of x [R, N] times element r of scale [R, 1]. ONNX Runtime's Mul restarts its loop at every row; its batch normalisation, with the rows as channels, mean 0 and
 * variance 1, is the same multiplication in little more than half the time.
 */
export const scaleRows: Operator<object> = {
  name: 'scaleRows',
  infer([x, scale]) {
    requireType('scaleRows', x, 'float32');
    requireType('scaleRows', scale, 'float32');
    if (x.shape.length !== 2 || scale.shape.length !== 2 || scale.shape[0] !== x.shape[0] || scale.shape[1] !== 1) {
      throw new ShapeError(`scaleRows: ${formatShape(scale.shape)} is no column beside rows ${formatShape(x.shape)}`);
    }
    return [{ shape: x.shape, type: x.type }];
  },
  lower({ inputs: [source] }, [x, scale], onnx) {
    if (onnx.float === 'float64') return [onnx.emit('Mul', [x, scale])];
    const [rows, columns] = source.shape;
    const all = (value: number): string => onnx.emit('Expand', [onnx.floats([value], [1]), onnx.extents([rows])]);
    const [zeros, ones] = [all(0), all(1)];
    const flat = [onnx.reshape(x, [1, rows, columns]), onnx.reshape(scale, [rows])];
    const scaled = onnx.emit('BatchNormalization', [...flat, zeros, zeros, ones], {
      attributes: { epsilon: { float: 0 } },
    });
    return [onnx.reshape(scaled, source.shape)];
  },
  gradient: ({ inputs: [x, scale] }, g) => [g.scaleRows(scale), g.mul(x).sum(1, { keep: true })],
};
