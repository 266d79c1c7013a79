import type { Tensor } from '../graph/tensor.ts';
import type { Rng } from '../random/rng.ts';
import { type DropoutOptions, dropout } from './dropout.ts';
import { createFeedForward, type FeedForward, feedForward } from './feed-forward.ts';
import { createLayerNorm, type LayerNorm } from './layer-norm.ts';
import { createSelfAttention, type SelfAttention, selfAttention } from './self-attention.ts';

export type TransformerBlock = {
  readonly attentionNorm: LayerNorm;
  readonly attention: SelfAttention;
  readonly feedForwardNorm: LayerNorm;
  readonly feedForward: FeedForward;
};

export interface TransformerBlockOptions {
  readonly width: number;
  readonly heads: number;
  readonly feedForward: number;
}

export function createTransformerBlock(rng: Rng, options: TransformerBlockOptions): TransformerBlock {
  const { width, heads } = options;
  return {
    attentionNorm: createLayerNorm(width),
    attention: createSelfAttention(rng, { width, heads }),
    feedForwardNorm: createLayerNorm(width),
    feedForward: createFeedForward(rng, { width, inner: options.feedForward }),
  };
}

/** As many blocks as a config says, each with random values of its own. */
export const createTransformerBlocks = (
  rng: Rng,
  { blocks, ...options }: TransformerBlockOptions & { readonly blocks: number },
): readonly TransformerBlock[] =>
  Array.from({ length: blocks }, (_, index) => createTransformerBlock(rng.split(`block ${index}`), options));

/** Pre-norm Transformer block (Xiong et al. 2020): x + attention(norm x), then x + feedForward(norm x). */
export function transformerBlock(
  layer: TransformerBlock,
  xBKD: Tensor,
  { absenceB11K, ...drop }: { absenceB11K: Tensor } & DropoutOptions,
): Tensor {
  const attended = selfAttention(layer.attention, layer.attentionNorm, xBKD, absenceB11K);
  const mixed = xBKD.add(dropout(attended, drop));
  const transformed = feedForward(layer.feedForward, layer.feedForwardNorm, mixed);
  return mixed.add(dropout(transformed, drop));
}
