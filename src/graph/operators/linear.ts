import { formatShape, requireType, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';
import type { GraphTensor } from '../tensor.ts';

/** x W + b of rows x [R, inputs]: the bias rides along in the matrix product's kernel, which saves a pass over the result. */
export const linear: Operator<object> = {
  name: 'linear',
  infer([x, weight, bias]) {
    for (const operand of [x, weight, bias]) requireType('linear', operand, 'float32');
    const [inputs, outputs] = weight.shape;
    if (
      x.shape.length !== 2 ||
      weight.shape.length !== 2 ||
      x.shape[1] !== inputs ||
      bias.shape.length !== 1 ||
      bias.shape[0] !== outputs
    ) {
      throw new ShapeError(
        `linear: input ${formatShape(x.shape)}, weight ${formatShape(weight.shape)} and bias ${formatShape(bias.shape)} do not fit`,
      );
    }
    return [{ shape: [x.shape[0], outputs], type: x.type }];
  },
  lower: (_node, [x, w, b], onnx) => [onnx.emit('Gemm', [x, w, b])],
  gradient: ({ inputs: [x, weight] }, g) => [
    g.matmul(weight, { transposeB: true }),
    weightGradient(x, g),
    g.columnSums(),
  ],
};

/**
 * x^T g. A product that transposes on the fly takes a third longer than one that finds its left side transposed by a pass of its own: the narrower side is turned,
 * and shared by all that read it.
 */
function weightGradient(x: GraphTensor, g: GraphTensor): GraphTensor {
  return Number(g.shape[1]) < Number(x.shape[1])
    ? g.transpose(0, 1).matmul(x).transpose(0, 1)
    : x.transpose(0, 1).matmul(g);
}
