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

/** A click model of user and item, whose last hidden layer says what the user makes of the item. */
export type ClickModel = {
  readonly encoder: Encoder;
  readonly blocks: readonly { readonly norm: LayerNorm; readonly feedForward: FeedForward }[];
  readonly head: Head;
};

/** History and user on; neither the list nor the place. */
const ofUserAndItem = (config: ScorerConfig): ScorerConfig => ({
  ...config,
  ...{ history: true, user: true, position: false, listRelative: false, partial: 0, head: 'clicks' },
});

/** It knows users by what they did and what is said of them, not by a vector of their own: its clicks would be remembered by it. */
const withoutIds = (spec: InputSpec): InputSpec => ({ ...spec, userIds: undefined });

export function createClickModel(
  rng: Rng,
  { config, spec }: { readonly config: ScorerConfig; readonly spec: InputSpec },
): ClickModel {
  const own = ofUserAndItem(config);
  return {
    encoder: createEncoder(rng.split('encoder'), { config: own, spec: withoutIds(spec) }),
    blocks: Array.from({ length: own.blocks }, (_, index) => ({
      norm: createLayerNorm(own.width),
      feedForward: createFeedForward(rng.split(`block ${index}`), { width: own.width, inner: own.feedForward }),
    })),
    head: createHead(rng.split('head'), own),
  };
}

/** Click logits item by item; `itemVectorsBKD` is the last hidden layer, which the logit is linear in. */
export function clickModel(
  { encoder, blocks, head: last }: ClickModel,
  inputs: ScorerInputs,
  { config, spec, rng }: ScoreOptions,
): ScorerOutputs {
  const own = ofUserAndItem(config);
  const seen = { ...inputs, userEmbeddedBE: undefined };
  const options = { config: own, spec: withoutIds(spec), ...(rng ? { rng } : {}) };
  const encoded = encode(encoder, seen, options);
  const hiddenBKD = blocks.reduce(
    (x, block) => x.add(dropout(feedForward(block.feedForward, block.norm, x), { rate: own.dropout, rng })),
    encoded.slotsBKD,
  );
  return head(last, hiddenBKD, { encoded, inputs: seen, kind: own.head });
}
