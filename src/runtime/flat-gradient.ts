import { concat } from '../graph/leaves.ts';
import { productOf } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** The output of a training graph that holds the gradients of all its parameters. */
export const flatGradientName = 'gradient';

/**
 * Gradients end to end, in the order of the flat layout: one value leaves the graph instead of one per parameter, each of which would cost a copy and a buffer. Keep
 * the parameters in the order in which the layers read them: ONNX Runtime computes the parts last to first, so that each weight's gradient finds its factors in the
 * cache (the other way round a step takes 1.07 times as long).
 */
export function flatGradient(gradients: readonly Tensor[]): Tensor {
  return concat(
    gradients.map((gradient) => gradient.reshape([productOf(gradient.shape)])),
    0,
  );
}
