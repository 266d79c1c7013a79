/** Legend: B batch, K slate, U distinct items, H clicked or skipped items of the past, N = 2 H, E factors, C = E + 1, D width. */

import { dropout } from '../../nn/dropout.ts';
import { createFeedForward, type FeedForward, feedForward } from '../../nn/feed-forward.ts';
import { createLayerNorm, type LayerNorm } from '../../nn/layer-norm.ts';
import { concat, constant } from '../../nn/leaves.ts';
import { createLinear, type Linear, linear } from '../../nn/linear.ts';
import { solvePositive } from '../../nn/solve-positive.ts';
import type { Rng } from '../../random/rng.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoded, type Encoder, encode } from '../shared/encoder.ts';
import { type FactorSets, factorTableWidth, gatherFactors } from '../shared/factor-sets.ts';
import { createHead, type Head, head, outputsOf } from '../shared/head.ts';
import type { ScorerInputs } from '../shared/scorer-inputs.ts';
import type { ScoreOptions } from '../shared/scorer-outputs.ts';

export type TwoStageLayer = {
  readonly encoder: Encoder;
  readonly list: Linear;
  readonly blocks: readonly { readonly norm: LayerNorm; readonly feedForward: FeedForward }[];
  readonly head: Head;
};

const FACTORS: FactorSets = { factors: 8, folds: 5 };

/**
 * Shalom, Koenigstein, Paquet & Vanchinathan (WWW 2016): a list click model over a collaborative filter. Stage one is matrix factorisation of what
 * users clicked and skipped (`train/factors`), with the user solved for in the graph. Stage two predicts clicks from its score, the similarities of each item to the others and to
 * those above it, and what the memory knows: fatigue, trend, context, position. No attention: company enters through similarity alone. In training, the factors that a user
 * meets were fitted without that user. docs/systems/two-stage.md says what is the paper's and what is ours.
 */
export const twoStageScorer: Scorer = {
  kind: 'scorer',
  name: 'two-stage',
  seesCompany: true,
  personal: true,
  // Similarity to the items above it depends on where an item stands.
  seesPosition: () => true,
  idTables: () => [{ name: 'factors', of: 'shown', width: factorTableWidth(FACTORS), deviation: 0.1 }],
  factorSets: FACTORS,
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
    const { scoresBK, factorsBKE } = collaborative(inputs, options);
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
    const lastBK1 = collaborative(inputs, options).scoresBK.reshape(['B', 'K', 1]);
    return outputsOf(lastBK1, { itemVectorsBKD: encoded.slotsBKD, encoded, inputs, kind: 'clicks' });
  },
};

/** Every item by itself: of the list it shall see similarities only. */
const encodeAlone = (encoder: Encoder, inputs: ScorerInputs, options: ScoreOptions): Encoded =>
  encode(encoder, inputs, { ...options, config: { ...options.config, listRelative: false } });

/**
 * The log odds of an item's rate plus q . p + l. The taste p and the level l of the user are solved for anew in every request, from the latest clicked and skipped items: the
 * ridge regression that the factors were fitted by, so that users who are new have them after the first list.
 */
function collaborative(
  inputs: ScorerInputs,
  { config }: ScoreOptions,
): { readonly scoresBK: Tensor; readonly factorsBKE: Tensor } {
  const { clickedIndexBH, clickedMaskBH, skippedIndexBH, skippedMaskBH, itemIndexBK } = inputs;
  const [B, H] = clickedMaskBH.shape;
  const { factors: E } = FACTORS;
  const baseLogit = Math.log(config.baseRate / (1 - config.baseRate));
  const logitsOf = (rowsBNC: Tensor): Tensor => rowsBNC.slice(2, E + 1, E + 2).add(baseLogit);
  const historyBNC = concat(
    [clickedIndexBH, skippedIndexBH].map((indexBH) => gatherFactors(FACTORS, inputs, indexBH)),
    1,
  );
  const N = 2 * Number(H);
  const rateBN1 = logitsOf(historyBNC).sigmoid();
  const maskBN1 = concat([clickedMaskBH, skippedMaskBH], 1).reshape([B, N, 1]);
  const clickedBN1 = concat([clickedMaskBH, skippedMaskBH.mul(0)], 1).reshape([B, N, 1]);
  const leverBNC = historyBNC.slice(2, 0, E + 1);
  const weightedBNC = leverBNC.mul(rateBN1.mul(rateBN1.mul(-1).add(1)).mul(maskBN1));
  const ridge1CC = constant(identity(E + 1), [1, E + 1, E + 1]);
  const userBC1 = solvePositive(
    leverBNC.matmul(weightedBNC, { transposeA: true }).add(ridge1CC),
    leverBNC.matmul(clickedBN1.sub(rateBN1.mul(maskBN1)), { transposeA: true }),
  );
  const slateBKC = gatherFactors(FACTORS, inputs, itemIndexBK);
  const scoresBK1 = slateBKC
    .slice(2, 0, E + 1)
    .matmul(userBC1)
    .add(logitsOf(slateBKC));
  return { scoresBK: scoresBK1.reshape(['B', 'K']), factorsBKE: slateBKC.slice(2, 0, E) };
}

const identity = (size: number): readonly number[] =>
  Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));

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
