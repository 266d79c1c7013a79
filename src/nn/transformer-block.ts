import type { Rng } from '../random/rng.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type DropoutOptions, dropout, drops } from './dropout.ts';
import { createFeedForward, type FeedForward, feedForward } from './feed-forward.ts';
import { centredStream, createLayerNorm, type LayerNorm } from './layer-norm.ts';
import { createSelfAttention, type SelfAttention, selfAttention } from './self-attention.ts';

/** The layers of one pre-norm Transformer block. */
export type TransformerBlock = {
  readonly attentionNorm: LayerNorm;
  readonly attention: SelfAttention;
  readonly feedForwardNorm: LayerNorm;
  readonly feedForward: FeedForward;
};

/** The widths of a block. */
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

/** What blocks are told beside their input. */
export interface TransformerOptions extends DropoutOptions {
  /** From `absenceBias`. */
  readonly absenceB11K: Tensor;
}

/**
 * Pre-norm Transformer blocks (Xiong et al. 2020), one after another. What they return is to be read through a norm: without dropout, which would shift what it
 * drops from, the rows have mean 0 from the first block to the last, and the norms cost half.
 */
export function transformerBlocks(
  layers: readonly TransformerBlock[],
  xBKD: Tensor,
  options: TransformerOptions,
): Tensor {
  const centred = !drops(options);
  return layers.reduce(
    (x, layer) => transformerBlock(layer, x, { ...options, centred }),
    centred ? centredStream(xBKD) : xBKD,
  );
}

/** x + attention(norm x), then x + feedForward(norm x). */
function transformerBlock(
  layer: TransformerBlock,
  xBKD: Tensor,
  { absenceB11K, centred, ...drop }: TransformerOptions & { readonly centred: boolean },
): Tensor {
  const attended = selfAttention(layer.attention, layer.attentionNorm, xBKD, { absenceB11K, centred });
  const mixed = xBKD.add(dropout(attended, drop));
  const transformed = feedForward(layer.feedForward, layer.feedForwardNorm, mixed, { centred });
  return mixed.add(dropout(transformed, drop));
}
