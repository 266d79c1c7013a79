import { drops } from '../../nn/dropout.ts';
import { absenceBias } from '../../nn/self-attention.ts';
import { createTransformerBlocks, type TransformerBlock, transformerBlocks } from '../../nn/transformer-block.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoder, encode } from '../shared/encoder.ts';
import { createHead, type Head, head } from '../shared/head.ts';

export type AttentionLayer = {
  readonly encoder: Encoder;
  readonly blocks: readonly TransformerBlock[];
  readonly head: Head;
};

/**
 * The article's list scorer (Ikeda, Hamada & Takahashi, JSAI 2025, 3E1-GS-10-04): Transformer self-attention over the items shown together.
 * e_i = encode(item_i, user, context, state); h = blocks(e, mask); z_i = w . h_i + b.
 */
export const attentionScorer: Scorer = {
  kind: 'scorer',
  name: 'attention',
  seesCompany: true,
  attends: true,
  seesPosition: (config) => config.position,
  create(rng, { config, spec }): AttentionLayer {
    return {
      encoder: createEncoder(rng.split('encoder'), { config, spec }),
      blocks: createTransformerBlocks(rng, config),
      head: createHead(rng.split('head'), config),
    };
  },
  score(layer, inputs, options) {
    const { encoder, blocks, head: last } = layer as AttentionLayer;
    const encoded = encode(encoder, inputs, options);
    const absenceB11K = absenceBias(inputs.maskBK);
    const drop = { rate: options.config.dropout, rng: options.rng };
    const hiddenBKD = transformerBlocks(blocks, encoded.slotsBKD, { absenceB11K, ...drop });
    return head(last, hiddenBKD, { encoded, inputs, kind: options.config.head, centred: !drops(drop) });
  },
};
