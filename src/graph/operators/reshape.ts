import { formatShape, productOf, type Shape, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

/** The same numbers in the same order under another shape. Named extents, and products of them such as `B*K`, must be extents of the graph's inputs. */
export const reshape: Operator<{ readonly shape: Shape }> = {
  name: 'reshape',
  infer([x], { shape }) {
    if (productOf(x.shape) !== productOf(shape)) {
      throw new ShapeError(
        `reshape: ${formatShape(x.shape)} and ${formatShape(shape)} hold different counts of numbers`,
      );
    }
    return [{ shape, type: x.type }];
  },
  lower({ inputs: [source], attributes: { shape } }, [x], onnx) {
    if (shape.filter((extent) => typeof extent !== 'number').length <= 1) return [onnx.reshape(x, shape)];
    // ONNX: 0 copies the extent at the same axis, one -1 is inferred. Only what neither can say is read from the inputs.
    const plain = shape.map((extent, axis) => {
      if (typeof extent === 'number') return extent;
      return extent === source.shape[axis] ? 0 : -1;
    });
    const unknown = plain.filter((extent) => extent === -1).length;
    return [onnx.emit('Reshape', [x, unknown <= 1 ? onnx.integers(plain) : onnx.extents(shape)])];
  },
  gradient: ({ inputs: [x] }, g) => [g.reshape(x.shape)],
};
