/** Legend: B batch, K slate, U distinct items, H history, E width of a factor, D width. */

import { dropout } from '../../nn/dropout.ts';
import { createFeedForward, type FeedForward, feedForward } from '../../nn/feed-forward.ts';
import { createLayerNorm, type LayerNorm } from '../../nn/layer-norm.ts';
import { concat } from '../../nn/leaves.ts';
import { createLinear, type Linear, linear } from '../../nn/linear.ts';
import { maskedCount, maskedSum } from '../../nn/masked-mean.ts';
import type { Rng } from '../../random/rng.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoded, type Encoder, encode } from '../shared/encoder.ts';
import { createHead, type Head, head, outputsOf } from '../shared/head.ts';
import type { ScorerInputs } from '../shared/scorer-inputs.ts';
import type { ScoreOptions } from '../shared/scorer-outputs.ts';

export type TwoStageLayer = {
  readonly encoder: Encoder;
  readonly list: Linear;
  readonly blocks: readonly { readonly norm: LayerNorm; readonly feedForward: FeedForward }[];
  readonly head: Head;
};

/** E: factors of an item as something to choose (with its bias as one more), and as something once chosen. */
const FACTORS = 16;

/**
 * Shalom, Koenigstein, Paquet & Vanchinathan (WWW 2016): a list click model over a collaborative filter. Stage one ranks by s_i = q_i . u + b_i with u the root
 * mean of p_j over the user's latest clicks (the asymmetric factors of Koren 2008, so that new users have a vector), learned pairwise on the training period.
 * Stage two predicts clicks from s, the similarities of each item to the others and to those above it, and what the memory knows: fatigue, trend, context,
 * position. No attention: company enters through similarity alone. The paper's abstract leaves the rest open; docs/systems/two-stage.md has what was chosen.
 */
export const twoStageScorer: Scorer = {
  kind: 'scorer',
  name: 'two-stage',
  seesCompany: true,
  personal: true,
  // Similarity to the items above it depends on where an item stands.
  seesPosition: () => true,
  idTables: () => [
    { name: 'chosen', of: 'shown', width: FACTORS + 1, deviation: 0 },
    { name: 'history', of: 'clicked', width: FACTORS, deviation: 0.1 },
  ],
  create(rng: Rng, { config, spec }): TwoStageLayer {
    return {
      encoder: createEncoder(rng.split('encoder'), { config, spec }),
      list: createLinear(rng.split('list'), { inputs: LIST_COLUMNS, outputs: config.width }),
      blocks: Array.from({ length: config.blocks }, (_, index) => ({
        norm: createLayerNorm(config.width),
        feedForward: createFeedForward(rng.split(`block ${index}`), { width: config.width, inner: config.feedForward }),
      })),
      head: createHead(rng.split('head'), config),
    };
  },
  score(layer, inputs, options) {
    const { encoder, list, blocks, head: last } = layer as TwoStageLayer;
    const { config } = options;
    const encoded = encodeAlone(encoder, inputs, options);
    const { scoresBK, factorsBKE } = collaborative(inputs);
    const columns = [
      scoresBK.reshape(['B', 'K', 1]),
      ...similarities(factorsBKE, inputs),
      ...similarities(encoded.itemBKD, inputs),
    ];
    const slotsBKD = encoded.slotsBKD.add(linear(list, concat(columns, 2)));
    const drop = { rate: config.dropout, rng: options.rng };
    const hiddenBKD = blocks.reduce(
      (x, block) => x.add(dropout(feedForward(block.feedForward, block.norm, x), drop)),
      slotsBKD,
    );
    return head(last, hiddenBKD, { encoded, inputs, kind: config.head });
  },
  firstStage(layer, inputs, options) {
    const encoded = encodeAlone((layer as TwoStageLayer).encoder, inputs, options);
    const lastBK1 = collaborative(inputs).scoresBK.reshape(['B', 'K', 1]);
    return outputsOf(lastBK1, { itemVectorsBKD: encoded.slotsBKD, encoded, inputs, kind: 'clicks' });
  },
};

/** Every item by itself: of the list it shall see similarities only. */
const encodeAlone = (encoder: Encoder, inputs: ScorerInputs, options: ScoreOptions): Encoded =>
  encode(encoder, inputs, { ...options, config: { ...options.config, listRelative: false } });

function collaborative(inputs: ScorerInputs): { readonly scoresBK: Tensor; readonly factorsBKE: Tensor } {
  const { idEmbeddedUE, idKnownUT, clickedIndexBH, clickedMaskBH, itemIndexBK } = inputs;
  if (!idEmbeddedUE || !idKnownUT)
    throw new RangeError('twoStageScorer: expected rows of its id tables among the inputs, found none');
  const part = (start: number, width: number): Tensor => idEmbeddedUE.slice(1, start, start + width);
  const [B, H] = clickedMaskBH.shape;
  const chosenBKE = part(0, FACTORS).gatherRows(itemIndexBK);
  const biasBK = part(FACTORS, 1).gatherRows(itemIndexBK).reshape(['B', 'K']);
  const historyBHE = part(FACTORS + 1, FACTORS).gatherRows(clickedIndexBH);
  // Clicks on items that were never among the training part's say nothing, and are not counted either.
  const knownBH = idKnownUT.slice(1, 1, 2).gatherRows(clickedIndexBH).reshape([B, H]).mul(clickedMaskBH);
  const userBE = maskedSum(historyBHE, knownBH).div(maskedCount(knownBH).sqrt());
  const scoresBK = chosenBKE
    .matmul(userBE.reshape([B, FACTORS, 1]))
    .reshape(['B', 'K'])
    .add(biasBK);
  return { scoresBK, factorsBKE: chosenBKE };
}

/** Columns: the first stage's score, and four of similarity for the factors and for the fields. */
const LIST_COLUMNS = 9;

/** Cosines to the other items of the list and to those above: the mean and the largest of each; [B, K, 1] each. */
function similarities(vectorsBKE: Tensor, { maskBK, positionBK }: ScorerInputs): readonly Tensor[] {
  const [B, K] = maskBK.shape;
  const lengthBK1 = vectorsBKE.mul(vectorsBKE).sum(-1, { keep: true }).add(1e-12).sqrt();
  const unitBKE = vectorsBKE.div(lengthBK1);
  const cosineBKK = unitBKE.matmul(unitBKE, { transposeB: true });
  const selfKK = maskBK.matmul(maskBK, { transposeA: true }).identityLike();
  const otherBKK = maskBK.reshape([B, 1, K]).mul(selfKK.mul(-1).add(1));
  const place = positionBK.toFloat();
  const aboveBKK = otherBKK.mul(
    place
      .reshape([B, K, 1])
      .greater(place.reshape([B, 1, K]))
      .toFloat(),
  );
  return [otherBKK, aboveBKK].flatMap((whichBKK) => {
    const countBK1 = whichBKK.sum(-1, { keep: true });
    const meanBK1 = cosineBKK.mul(whichBKK).sum(-1, { keep: true }).div(countBK1.maximum(1));
    // -1 is the least a cosine can be: absent ones lie there, and an item with none beside it counts as unlike all.
    const nearestBK1 = cosineBKK.add(1).mul(whichBKK).max(-1, { keep: true }).sub(1);
    return [meanBK1, nearestBK1];
  });
}
