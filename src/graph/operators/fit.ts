import type { Dimension } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

export interface FitAttributes {
  readonly axis: number;
  readonly extent: Dimension;
}

/** Gives one axis another extent, known or not: zeros come after what is shorter, what is longer is cut. */
export const fit: Operator<FitAttributes> = {
  name: 'fit',
  infer: ([x], { axis, extent }) => [{ shape: x.shape.map((d, at) => (at === axis ? extent : d)), type: x.type }],
  lower({ inputs: [source], attributes: { axis, extent } }, [x], onnx) {
    const target = onnx.extents([extent]);
    const zeros = (count: number): readonly string[] =>
      count === 0 ? [] : [onnx.integers(Array.from({ length: count }, () => 0))];
    // As many zeros as the target is long are always enough.
    const pads = [...zeros(source.rank + axis), target, ...zeros(source.rank - 1 - axis)];
    const longEnough = onnx.emit('Pad', [x, onnx.emit('Concat', pads, { attributes: { axis: 0 } })]);
    return [onnx.emit('Slice', [longEnough, onnx.integers([0]), target, onnx.integers([axis])])];
  },
  gradient({ inputs: [x], attributes: { axis } }, g) {
    return [g.fit(axis, x.shape[axis])];
  },
};
