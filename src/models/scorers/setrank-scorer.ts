import { absenceBias } from '../../nn/self-attention.ts';
import {
  createInducedAttention,
  createSetAttention,
  type InducedAttention,
  inducedAttention,
  type SetAttention,
  setAttention,
} from '../../nn/set-attention.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoder, encode } from '../shared/encoder.ts';
import { createHead, type Head, head } from '../shared/head.ts';

export type SetRankLayer = {
  readonly encoder: Encoder;
  /** One of the two kinds, by `inducing`. */
  readonly full: readonly SetAttention[];
  readonly induced: readonly InducedAttention[];
  readonly head: Head;
};

/**
 * SetRank (Pang et al., SIGIR 2020): multi-head attention blocks over the items as a set. `inducing` > 0 is its variant with induced attention.
 * With `position` the ordinal embeddings of the initial ranking, the logged order, are added; without, any order of the slate gives the same logits.
 */
export const setRankScorer: Scorer = {
  kind: 'scorer',
  name: 'setrank',
  seesCompany: true,
  attends: true,
  seesPosition: (config) => config.position,
  create(rng, { config, spec }): SetRankLayer {
    const blocks = (wanted: boolean): readonly string[] =>
      wanted ? Array.from({ length: config.blocks }, (_, index) => `block ${index}`) : [];
    return {
      encoder: createEncoder(rng.split('encoder'), { config, spec }),
      full: blocks(config.inducing === 0).map((name) => createSetAttention(rng.split(name), config)),
      induced: blocks(config.inducing > 0).map((name) => createInducedAttention(rng.split(name), config)),
      head: createHead(rng.split('head'), config),
    };
  },
  score(layer, inputs, options) {
    const { encoder, full, induced, head: last } = layer as SetRankLayer;
    const { config } = options;
    const encoded = encode(encoder, inputs, options);
    const attention = { absenceB11K: absenceBias(inputs.maskBK), rate: config.dropout, rng: options.rng };
    const afterFullBKD = full.reduce((x, block) => setAttention(block, x, x, attention), encoded.slotsBKD);
    const hiddenBKD = induced.reduce((x, block) => inducedAttention(block, x, attention), afterFullBKD);
    return head(last, hiddenBKD, { encoded, inputs, kind: config.head });
  },
};
