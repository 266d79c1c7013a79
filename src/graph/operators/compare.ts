import { broadcastShapes, requireSameType } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

export type Relation = 'Greater' | 'Less' | 'Equal';

/** Element-wise comparison with broadcasting, a bool tensor. No gradient. */
export const compare: Operator<{ readonly comparison: Relation }> = {
  name: 'compare',
  infer([a, b]) {
    requireSameType('compare', a, b);
    return [{ shape: broadcastShapes('compare', a.shape, b.shape), type: 'bool' }];
  },
  lower: ({ attributes }, [a, b], onnx) => [onnx.emit(attributes.comparison, [a, b])],
};
