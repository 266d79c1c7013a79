import { dropout } from '../../nn/dropout.ts';
import { createFeedForward, type FeedForward, feedForward } from '../../nn/feed-forward.ts';
import { createLayerNorm, type LayerNorm } from '../../nn/layer-norm.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoder, encode } from '../shared/encoder.ts';
import { createHead, type Head, head } from '../shared/head.ts';
import type { ScorerInputs } from '../shared/scorer-inputs.ts';
import type { ScoreOptions, ScorerOutputs } from '../shared/scorer-outputs.ts';

export type PointwiseLayer = {
  readonly encoder: Encoder;
  readonly blocks: readonly PointwiseBlock[];
  readonly head: Head;
};

export type PointwiseBlock = { readonly norm: LayerNorm; readonly feedForward: FeedForward };

/** The same encoders and depth as the attention scorer, but every item is judged by itself: no attention, no list-relative features. */
export const pointwiseScorer: Scorer = {
  kind: 'scorer',
  name: 'pointwise',
  seesCompany: false,
  seesPosition: (config) => config.position,
  create(rng, { config, spec }): PointwiseLayer {
    return {
      encoder: createEncoder(rng.split('encoder'), { config, spec }),
      blocks: Array.from({ length: config.blocks }, (_, index) => ({
        norm: createLayerNorm(config.width),
        feedForward: createFeedForward(rng.split(`block ${index}`), { width: config.width, inner: config.feedForward }),
      })),
      head: createHead(rng.split('head'), config),
    };
  },
  score: (layer, inputs, options) =>
    scoreItemByItem(layer as PointwiseLayer, inputs, {
      ...options,
      config: { ...options.config, listRelative: false },
    }),
};

/** Every item by its own columns: with `listRelative`, those that compare it with its list too. */
export function scoreItemByItem(
  { encoder, blocks, head: last }: PointwiseLayer,
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
