import type { Shape } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

export interface DropoutMaskAttributes {
  readonly shape: Shape;
  /** The share of zeros; what stays is scaled by 1 / (1 - rate). */
  readonly rate: number;
  /** Tells one dropout site from another. */
  readonly seed: number;
}

/**
 * Random zeros and 1 / (1 - rate), drawn anew by the runtime at every run from this site's seed and the key of the run, so that the draw does not depend
 * on which worker runs it. No gradient: it is a leaf.
 */
export const dropoutMask: Operator<DropoutMaskAttributes> = {
  name: 'dropoutMask',
  infer: (_inputs, { shape }) => [{ shape, type: 'float32' }],
  lower() {
    throw new TypeError('dropoutMask: the compiler names inputs itself');
  },
};
