/** Legend: B batch, K slate, D width. */
import { drops } from '../../nn/dropout.ts';
import { createFeedForward, type FeedForward, feedForward } from '../../nn/feed-forward.ts';
import { createLayerNorm, type LayerNorm } from '../../nn/layer-norm.ts';
import { concat } from '../../nn/leaves.ts';
import { createLinear, type Linear, linear } from '../../nn/linear.ts';
import { absenceBias } from '../../nn/self-attention.ts';
import { createSetAttention, type SetAttention, setAttention } from '../../nn/set-attention.ts';
import { createTransformerBlocks, type TransformerBlock, transformerBlocks } from '../../nn/transformer-block.ts';
import type { Rng } from '../../random/rng.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Scorer } from '../scorer.ts';
import { clickModel, createClickModel } from '../shared/click-model.ts';
import { createEncoder, type Encoded, type Encoder, encode } from '../shared/encoder.ts';
import { createHead, type Head, head } from '../shared/head.ts';
import type { ItemByItem } from '../shared/item-by-item.ts';
import type { ScorerConfig } from '../shared/scorer-config.ts';
import type { ScorerInputs } from '../shared/scorer-inputs.ts';
import type { ScoreOptions } from '../shared/scorer-outputs.ts';

export type PrmLayer = {
  readonly encoder: Encoder;
  /** Of the vector that is learned with the rest. */
  readonly personalNorm: LayerNorm | undefined;
  readonly personal: FeedForward | undefined;
  /** Of the vector that a click model says: that model, and the projection of item and vector. */
  readonly pretrained: ItemByItem | undefined;
  readonly mix: Linear | undefined;
  readonly blocks: readonly TransformerBlock[];
  /** As published: with the norm behind each half, not before it. */
  readonly postNorm: readonly SetAttention[];
  readonly head: Head;
};

/**
 * PRM (Pei et al., RecSys 2019): a Transformer over [x_i; pv_i] + position, with pv_i the personalised vector of (user, item). The paper takes that vector from the last hidden
 * layer of a click model that was trained before (`personal: 'pretrained'`); by default it is learned with the rest, from the product of the user's and the item's vectors. The mask
 * comes from the slate, not from zero rows, so that padding with a position embedding is not attended.
 */
export const prmScorer: Scorer = {
  kind: 'scorer',
  name: 'prm',
  seesCompany: true,
  personal: true,
  readsUser: true,
  attends: true,
  seesPosition: (config) => config.position,
  firstStageLearns: { parameters: 'pretrained', tables: ['item', 'context'] },
  asksForFirstStage: ({ personal }) => personal === 'pretrained',
  create(rng, { config, spec }): PrmLayer {
    const { width } = config;
    const pretrained = config.personal === 'pretrained';
    return {
      encoder: createEncoder(rng.split('encoder'), { config, spec }),
      personalNorm: pretrained ? undefined : createLayerNorm(width),
      personal: pretrained ? undefined : createFeedForward(rng.split('personal'), { width, inner: config.feedForward }),
      pretrained: pretrained ? createClickModel(rng.split('pretrained'), { config, spec }) : undefined,
      mix: pretrained ? createLinear(rng.split('mix'), { inputs: 2 * width, outputs: width }) : undefined,
      blocks: config.publishedBlocks ? [] : createTransformerBlocks(rng, config),
      postNorm: config.publishedBlocks ? createPostNormBlocks(rng, config) : [],
      head: createHead(rng.split('head'), config),
    };
  },
  score(layer, inputs, options) {
    const prm = layer as PrmLayer;
    const { config } = options;
    const encoded = encode(prm.encoder, inputs, options);
    const absenceB11K = absenceBias(inputs.maskBK);
    const drop = { rate: config.dropout, rng: options.rng };
    const given = { encoded, inputs, kind: config.head };
    const slotsBKD = personalised(prm, { encoded, inputs, options });
    if (config.publishedBlocks) {
      const postNormBKD = prm.postNorm.reduce(
        (x, block) => setAttention(block, x, x, { absenceB11K, ...drop }),
        slotsBKD,
      );
      return head(prm.head, postNormBKD, given);
    }
    const hiddenBKD = transformerBlocks(prm.blocks, slotsBKD, { absenceB11K, ...drop });
    return head(prm.head, hiddenBKD, { ...given, centred: !drops(drop) });
  },
  firstStage(layer, inputs, options) {
    const { pretrained } = layer as PrmLayer;
    if (!pretrained) throw new RangeError('prmScorer: expected personal "pretrained" of a first stage, found "joint"');
    return clickModel(pretrained, inputs, options);
  },
};

/** Blocks of Vaswani et al. 2017, norm(x + part(x)): MAB(X, X) of the Set Transformer is one. */
const createPostNormBlocks = (rng: Rng, { blocks, ...config }: ScorerConfig): readonly SetAttention[] =>
  Array.from({ length: blocks }, (_, index) =>
    createSetAttention(rng.split(`block ${index}`), { ...config, form: 'set-transformer' }),
  );

/** Item by item, with what is known of the user and it. */
function personalised(
  { personalNorm, personal, pretrained, mix }: PrmLayer,
  { encoded, inputs, options }: { encoded: Encoded; inputs: ScorerInputs; options: ScoreOptions },
): Tensor {
  const { slotsBKD, itemBKD, userBD } = encoded;
  if (pretrained && mix) {
    const { rng: _, ...frozen } = options;
    return linear(mix, concat([slotsBKD, clickModel(pretrained, inputs, frozen).itemVectorsBKD], 2));
  }
  if (!personalNorm || !personal) throw new RangeError('prmScorer: expected layers of a personal vector, found none');
  const matchBKD = itemBKD.mul(userBD.reshape(['B', 1, options.config.width]));
  return slotsBKD.add(feedForward(personal, personalNorm, matchBKD));
}
