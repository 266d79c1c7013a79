import { formatShape, productOf, type Shape, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** Reorders axes: output axis i is input axis `permutation[i]`. */
export const transpose: Operator<{ readonly permutation: readonly number[] }> = {
  name: 'transpose',
  infer([x], { permutation }) {
    if (permutation.length !== x.shape.length || x.shape.some((_, axis) => !permutation.includes(axis))) {
      throw new ShapeError(`transpose: [${permutation.join(', ')}] is no order of the axes of ${formatShape(x.shape)}`);
    }
    return [{ shape: permutation.map((axis) => x.shape[axis]), type: x.type }];
  },
  lower({ inputs: [source], outputs: [result], attributes: { permutation } }, [x], onnx) {
    const blocks = swappedBlocks(source.shape, permutation);
    if (!blocks) return [onnx.emit('Transpose', [x], { attributes: { perm: permutation } })];
    // The axis of extent 1 changes nothing but the loop that ONNX Runtime picks: it is two to four times as fast.
    const [left, right, kept] = blocks.map((extent) => (typeof extent === 'number' ? extent : -1));
    const split = onnx.emit('Reshape', [x, onnx.integers([left, right, 1, kept])]);
    const swapped = onnx.emit('Transpose', [split], { attributes: { perm: [1, 2, 0, 3] } });
    return [onnx.reshape(swapped, result.shape)];
  },
  gradient({ attributes: { permutation } }, g) {
    const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
    return [g.permute(inverse)];
  },
};

/** The extents [left, right, kept] when the permutation swaps two blocks of axes before a block that stays in place; at most one is unknown. */
function swappedBlocks(shape: Shape, permutation: readonly number[]): Shape | undefined {
  const cut = permutation[0];
  let end = permutation.length;
  while (permutation[end - 1] === end - 1) end--;
  const swaps = permutation.slice(0, end).every((axis, at) => axis === (at + cut) % end);
  const blocks = [shape.slice(0, cut), shape.slice(cut, end), shape.slice(end)].map(productOf);
  const unknown = blocks.filter((extent) => typeof extent !== 'number').length;
  return swaps && end < permutation.length && cut > 0 && unknown <= 1 ? blocks : undefined;
}
