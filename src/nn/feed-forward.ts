import type { Tensor } from '../graph/tensor.ts';
import type { Rng } from '../random/rng.ts';
import { createLinear, type Linear, linear } from './linear.ts';

export type FeedForward = { readonly expand: Linear; readonly contract: Linear };

export function createFeedForward(rng: Rng, { width, inner }: { width: number; inner: number }): FeedForward {
  return {
    expand: createLinear(rng, { inputs: width, outputs: inner }),
    contract: createLinear(rng, { inputs: inner, outputs: width }),
  };
}

/** relu(x W1 + b1) W2 + b2, item by item (Vaswani et al. 2017, equation 2). */
export function feedForward(layer: FeedForward, x: Tensor): Tensor {
  return linear(layer.contract, linear(layer.expand, x).relu());
}
