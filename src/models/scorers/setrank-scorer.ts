import { absenceBias } from '../../nn/self-attention.ts';
import {
  createInducedAttention,
  createSetAttention,
  type InducedAttention,
  inducedAttention,
  type SetAttention,
  setAttention,
} from '../../nn/set-attention.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoder, encode, placeVectors } from '../shared/encoder.ts';
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
 * `publishedBlocks`: as in the authors' code, which adds those embeddings before every block.
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
    const form = config.publishedBlocks ? 'setrank' : 'set-transformer';
    const block = { ...config, form } as const;
    return {
      encoder: createEncoder(rng.split('encoder'), { config, spec }),
      full: blocks(config.inducing === 0).map((name) => createSetAttention(rng.split(name), block)),
      induced: blocks(config.inducing > 0).map((name) => createInducedAttention(rng.split(name), block)),
      head: createHead(rng.split('head'), config),
    };
  },
  score(layer, inputs, options) {
    const { encoder, full, induced, head: last } = layer as SetRankLayer;
    const { config } = options;
    const encoded = encode(encoder, inputs, options);
    const attention = { absenceB11K: absenceBias(inputs.maskBK), rate: config.dropout, rng: options.rng };
    const placesBKD = config.publishedBlocks ? placeVectors(encoder, inputs, config) : undefined;
    // The encoder has added them before the first block.
    const placed = (x: Tensor, index: number): Tensor => (placesBKD && index > 0 ? x.add(placesBKD) : x);
    const afterFullBKD = full.reduce((before, block, index) => {
      const x = placed(before, index);
      return setAttention(block, x, x, attention);
    }, encoded.slotsBKD);
    const hiddenBKD = induced.reduce(
      (x, block, index) => inducedAttention(block, placed(x, index), attention),
      afterFullBKD,
    );
    return head(last, hiddenBKD, { encoded, inputs, kind: config.head });
  },
};
