import type { Operator } from '../operator.ts';
import { formatShape, requireType, ShapeError } from '../shape.ts';

/** x W + b over the last axis: the bias rides along in the matrix product's kernel, which saves a pass over the result. */
export const linear: Operator<object> = {
  name: 'linear',
  infer([x, weight, bias]) {
    for (const operand of [x, weight, bias]) requireType('linear', operand, 'float32');
    const [inputs, outputs] = weight.shape;
    if (
      weight.shape.length !== 2 ||
      x.shape.at(-1) !== inputs ||
      bias.shape.length !== 1 ||
      bias.shape[0] !== outputs
    ) {
      throw new ShapeError(
        `linear: input ${formatShape(x.shape)}, weight ${formatShape(weight.shape)} and bias ${formatShape(bias.shape)} do not fit`,
      );
    }
    return [{ shape: [...x.shape.slice(0, -1), outputs], type: x.type }];
  },
  lower({ inputs: [source, weight], outputs: [result] }, [x, w, b], onnx) {
    if (source.rank === 2) return [onnx.emit('Gemm', [x, w, b])];
    const rows = onnx.emit('Reshape', [x, onnx.integers([-1, Number(weight.shape[0])])]);
    return [onnx.emit('Reshape', [onnx.emit('Gemm', [rows, w, b]), onnx.extents(result.shape)])];
  },
  gradient: ({ inputs: [x, weight] }, g) => [
    g.matmul(weight, { transposeB: true }),
    x.flattenRows().matmul(g.flattenRows(), { transposeA: true }),
    g.sum(g.shape.slice(0, -1).map((_, axis) => axis)),
  ],
};
