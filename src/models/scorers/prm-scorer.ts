import { drops } from '../../nn/dropout.ts';
import { createFeedForward, type FeedForward, feedForward } from '../../nn/feed-forward.ts';
import { createLayerNorm, type LayerNorm } from '../../nn/layer-norm.ts';
import { absenceBias } from '../../nn/self-attention.ts';
import { createTransformerBlocks, type TransformerBlock, transformerBlocks } from '../../nn/transformer-block.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoder, encode } from '../shared/encoder.ts';
import { createHead, type Head, head } from '../shared/head.ts';

export type PrmLayer = {
  readonly encoder: Encoder;
  readonly personalNorm: LayerNorm;
  readonly personal: FeedForward;
  readonly blocks: readonly TransformerBlock[];
  readonly head: Head;
};

/**
 * PRM (Pei et al., RecSys 2019): a Transformer over [x_i + position + personalised vector of (user, item)]. The paper takes that vector from a separately trained
 * click model; here it is learned with the rest, from the product of the user's and the item's vectors. The mask comes from the slate, not from zero rows, so
 * that padding with a position embedding is not attended.
 */
export const prmScorer: Scorer = {
  kind: 'scorer',
  name: 'prm',
  seesCompany: true,
  personal: true,
  readsUser: true,
  attends: true,
  seesPosition: (config) => config.position,
  create(rng, { config, spec }): PrmLayer {
    return {
      encoder: createEncoder(rng.split('encoder'), { config, spec }),
      personalNorm: createLayerNorm(config.width),
      personal: createFeedForward(rng.split('personal'), { width: config.width, inner: config.feedForward }),
      blocks: createTransformerBlocks(rng, config),
      head: createHead(rng.split('head'), config),
    };
  },
  score(layer, inputs, options) {
    const { encoder, personalNorm, personal, blocks, head: last } = layer as PrmLayer;
    const { config } = options;
    const encoded = encode(encoder, inputs, options);
    const matchBKD = encoded.itemBKD.mul(encoded.userBD.reshape(['B', 1, config.width]));
    const absenceB11K = absenceBias(inputs.maskBK);
    const drop = { rate: config.dropout, rng: options.rng };
    const hiddenBKD = transformerBlocks(blocks, encoded.slotsBKD.add(feedForward(personal, personalNorm, matchBKD)), {
      absenceB11K,
      ...drop,
    });
    return head(last, hiddenBKD, { encoded, inputs, kind: config.head, centred: !drops(drop) });
  },
};
