import { ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

export interface ConstantAttributes {
  readonly values: readonly number[] | Float32Array;
  readonly shape: readonly number[];
}

/** Fixed numbers, written into the graph. */
export const constant: Operator<ConstantAttributes> = {
  name: 'constant',
  infer(_inputs, { values, shape }) {
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (size !== values.length) {
      throw new ShapeError(`constant: shape [${shape.join(', ')}] holds ${size} numbers, got ${values.length}`);
    }
    return [{ shape, type: 'float32' }];
  },
  lower: ({ attributes }, _inputs, onnx) => [onnx.floats(attributes.values, attributes.shape)],
};
