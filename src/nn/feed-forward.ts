import type { Rng } from '../random/rng.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type LayerNorm, layerNormLinear, linearInto, type StreamOptions, standardised } from './layer-norm.ts';
import { createLinear, type Linear } from './linear.ts';

/** Two linear layers with a non-linearity between them. */
export type FeedForward = { readonly expand: Linear; readonly contract: Linear };

/** A fresh layer: width to inner to width. */
export function createFeedForward(rng: Rng, { width, inner }: { width: number; inner: number }): FeedForward {
  return {
    expand: createLinear(rng, { inputs: width, outputs: inner }),
    contract: createLinear(rng, { inputs: inner, outputs: width }),
  };
}

/** relu(n W1 + b1) W2 + b2 of n = layerNorm(norm, x), item by item (Vaswani et al. 2017, equation 2). */
export function feedForward(layer: FeedForward, norm: LayerNorm, x: Tensor, stream: StreamOptions = {}): Tensor {
  const inner = layerNormLinear(norm, layer.expand, standardised(x.flattenRows(), stream)).relu();
  return linearInto(layer.contract, inner, stream).reshape(x.shape);
}
