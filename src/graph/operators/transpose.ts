import type { Operator } from '../operator.ts';

/** Reorders axes: output axis i is input axis `permutation[i]`. */
export const transpose: Operator<{ readonly permutation: readonly number[] }> = {
  name: 'transpose',
  infer: ([x], { permutation }) => [{ shape: permutation.map((axis) => x.shape[axis]), type: x.type }],
  lower: ({ attributes }, [x], onnx) => [onnx.emit('Transpose', [x], { attributes: { perm: attributes.permutation } })],
  // Every transpose here swaps two axes, so it is its own inverse.
  gradient({ attributes: { permutation } }, g) {
    const swapped = permutation.filter((axis, index) => axis !== index);
    return [swapped.length === 0 ? g : g.transpose(swapped[0], swapped[1])];
  },
};
