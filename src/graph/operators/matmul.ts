import { broadcastShapes, formatShape, requireType, type Shape, ShapeError } from '../../tensor/shape.ts';
import { sumToShape } from '../broadcast.ts';
import type { Operator } from '../operator.ts';
import type { GraphTensor } from '../tensor.ts';

export interface MatmulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** The product is multiplied by this, inside the same kernel. */
  readonly scale: number;
}

/**
 * scale * A B over the last two axes, leading axes broadcast as batches. Transposes and scale are folded into ONNX Runtime's FusedMatMul, so that
 * neither attention nor a gradient pays a pass over memory for them.
 */
export const matmul: Operator<MatmulAttributes> = {
  name: 'matmul',
  infer([a, b], { transposeA, transposeB }) {
    requireType('matmul', a, 'float32');
    requireType('matmul', b, 'float32');
    const rows = a.shape.at(transposeA ? -1 : -2);
    const inner = a.shape.at(transposeA ? -2 : -1);
    const innerB = b.shape.at(transposeB ? -1 : -2);
    const columns = b.shape.at(transposeB ? -2 : -1);
    if (rows === undefined || columns === undefined || inner !== innerB || a.shape.length < 2 || b.shape.length < 2) {
      throw new ShapeError(
        `matmul: ${sideText(a.shape, transposeA)} times ${sideText(b.shape, transposeB)} has no inner axis in common`,
      );
    }
    const batch = broadcastShapes('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2));
    return [{ shape: [...batch, rows, columns], type: a.type }];
  },
  lower({ attributes: { transposeA, transposeB, scale }, inputs }, [a, b], onnx) {
    if (!transposeA && !transposeB && scale === 1) return [onnx.emit('MatMul', [a, b])];
    if (onnx.float === 'float64') {
      // FusedMatMul has no float64 kernel; gradient checks take the long way.
      const product = onnx.emit('MatMul', [
        transposeA ? swapLastAxes(a, inputs[0].rank) : a,
        transposeB ? swapLastAxes(b, inputs[1].rank) : b,
      ]);
      return [scale === 1 ? product : onnx.emit('Mul', [product, onnx.floats([scale], [])])];
    }
    return [
      onnx.emit('FusedMatMul', [a, b], {
        domain: 'com.microsoft',
        attributes: { transA: Number(transposeA), transB: Number(transposeB), alpha: { float: scale } },
      }),
    ];

    function swapLastAxes(name: string, rank: number): string {
      const perm = Array.from({ length: rank }, (_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
      return onnx.emit('Transpose', [name], { attributes: { perm } });
    }
  },
  gradient({ inputs: [a, b], attributes: { transposeA, transposeB, scale } }, g) {
    // With A' = op(A), B' = op(B): dA' = g B'^T, dB' = A'^T g; a transposed side swaps its two operands.
    const gradientA = transposeA
      ? b.matmul(g, { transposeA: transposeB, transposeB: true, scale })
      : g.matmul(b, { transposeB: !transposeB, scale });
    return [sumToShape(gradientA, a.shape), gradientB()];

    function gradientB(): GraphTensor {
      const weight = b.rank === 2 && a.rank > 2 && !transposeA && !transposeB;
      if (weight) {
        // One large product instead of a batch of small ones that would then be summed.
        return a.flattenRows().matmul(g.flattenRows(), { transposeA: true, scale });
      }
      const gradient = transposeB
        ? g.matmul(a, { transposeA: true, transposeB: transposeA, scale })
        : a.matmul(g, { transposeA: !transposeA, scale });
      return sumToShape(gradient, b.shape);
    }
  },
};

const sideText = (shape: Shape, transposed: boolean): string => formatShape(shape) + (transposed ? ' transposed' : '');
