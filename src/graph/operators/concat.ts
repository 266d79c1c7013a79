import { formatShape, requireType, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** Joins tensors along an axis of known extents. */
export const concat: Operator<{ readonly axis: number }> = {
  name: 'concat',
  infer(inputs, { axis }) {
    const [first] = inputs;
    let joined = 0;
    for (const x of inputs) {
      requireType('concat', x, first.type);
      const extent = x.shape[axis];
      const agrees =
        x.shape.length === first.shape.length && x.shape.every((d, at) => at === axis || d === first.shape[at]);
      if (typeof extent !== 'number' || !agrees) {
        throw new ShapeError(
          `concat: ${formatShape(first.shape)} and ${formatShape(x.shape)} do not join along axis ${axis}`,
        );
      }
      joined += extent;
    }
    return [{ shape: first.shape.map((d, at) => (at === axis ? joined : d)), type: first.type }];
  },
  lower: ({ attributes: { axis } }, inputs, onnx) => [onnx.emit('Concat', inputs, { attributes: { axis } })],
  gradient({ inputs, attributes: { axis } }, g) {
    let start = 0;
    return inputs.map((x) => {
      const end = start + Number(x.shape[axis]);
      const part = g.slice(axis, start, end);
      start = end;
      return part;
    });
  },
};
