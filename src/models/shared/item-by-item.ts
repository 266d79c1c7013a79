/** Legend: B batch, K slate, D width. */
import type { InputSpec } from '../../encoding/columns/encoded-slates.ts';
import { dropout } from '../../nn/dropout.ts';
import { createFeedForward, type FeedForward, feedForward } from '../../nn/feed-forward.ts';
import { createLayerNorm, type LayerNorm } from '../../nn/layer-norm.ts';
import type { Rng } from '../../random/rng.ts';
import { createEncoder, type Encoder, encode } from './encoder.ts';
import { createHead, type Head, head } from './head.ts';
import type { ScorerConfig } from './scorer-config.ts';
import type { ScorerInputs } from './scorer-inputs.ts';
import type { ScoreOptions, ScorerOutputs } from './scorer-outputs.ts';

/** Every item by its own columns: encoders, residual feed-forward blocks, head. */
export type ItemByItem = {
  readonly encoder: Encoder;
  readonly blocks: readonly { readonly norm: LayerNorm; readonly feedForward: FeedForward }[];
  readonly head: Head;
};

export function createItemByItem(
  rng: Rng,
  { config, spec }: { readonly config: ScorerConfig; readonly spec: InputSpec },
): ItemByItem {
  return {
    encoder: createEncoder(rng.split('encoder'), { config, spec }),
    blocks: Array.from({ length: config.blocks }, (_, index) => ({
      norm: createLayerNorm(config.width),
      feedForward: createFeedForward(rng.split(`block ${index}`), { width: config.width, inner: config.feedForward }),
    })),
    head: createHead(rng.split('head'), config),
  };
}

/** With `listRelative` the columns of an item are also those that compare it with its list. */
export function scoreItemByItem(
  { encoder, blocks, head: last }: ItemByItem,
  inputs: ScorerInputs,
  options: ScoreOptions,
): ScorerOutputs {
  const encoded = encode(encoder, inputs, options);
  const drop = { rate: options.config.dropout, rng: options.rng };
  const hiddenBKD = blocks.reduce(
    (x, block) => x.add(dropout(feedForward(block.feedForward, block.norm, x), drop)),
    encoded.slotsBKD,
  );
  return head(last, hiddenBKD, { encoded, inputs, kind: options.config.head });
}
