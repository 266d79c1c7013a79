/** Legend: B batch, K slate, P = K positives, N = K negatives, D width. */

import { z } from 'zod';
import { oneOf } from '../slate/strict-schema.ts';
import { productOf } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { perMixedList } from './counts.ts';
import type { Loss } from './loss.ts';
import { type LossInputs, meanWhere } from './slate-loss.ts';

export interface TripletOptions {
  readonly margin: number;
  /** Between L2-normalised vectors: `euclidean` |a - b|, `cosine` 1 - a.b. */
  readonly distance: 'euclidean' | 'cosine';
  /**
   * `all` averages over every (positive, negative); `semi-hard` takes for each positive the nearest negative that is farther than it (none: no triple);
   * `batch-hard` takes of each slate the one triple of the largest loss: where all positives share an anchor, the farthest positive and the nearest negative
   * (Schroff et al. 2015, section 3.2; Hermans et al. 2017, equation 5).
   */
  readonly mining: 'all' | 'semi-hard' | 'batch-hard';
  /** Where anchors come from: the first of the listed kinds that a positive has. */
  readonly anchor: 'last-click' | 'other-click' | 'user';
}

export const tripletDefaults: TripletOptions = { margin: 0.2, distance: 'cosine', mining: 'all', anchor: 'last-click' };

type TripletInputs = Pick<
  LossInputs,
  'labelsBK' | 'maskBK' | 'vectorsBKD' | 'lastClickBD' | 'lastClickMaskB' | 'userBD'
>;

/**
 * Triplet loss max(0, d(a, p) - d(a, n) + margin) on item representations: clicked items are positives, shown and not clicked ones negatives, within one slate.
 * The mean over slates with a clicked and an unclicked item of the mean over their triples (`semi-hard`: over the positives that found one). A slate whose
 * anchors have no direction at all (the zero vector), or which mining leaves without a triple, counts as 0: what the mean is over depends on the log alone, so
 * that pieces of a batch add up.
 */
export function triplet(inputs: TripletInputs, options: TripletOptions = tripletDefaults): Tensor {
  const positiveBP = inputs.labelsBK.mul(inputs.maskBK);
  const negativeBN = inputs.maskBK.sub(positiveBP);
  const mixedB = positiveBP.max(1).mul(negativeBN.max(1));
  const vectorsBKD = unit(inputs.vectorsBKD);
  const anchorBPD = anchors(inputs, { vectorsBKD, positiveBP, kind: options.anchor });

  const positiveDistanceBP = distance(anchorBPD.mul(vectorsBKD).sum(-1), options.distance);
  const negativeDistanceBPN = distance(anchorBPD.matmul(vectorsBKD, { transposeB: true }), options.distance);
  const hasAnchorBP = anchorBPD.mul(anchorBPD).sum(-1).step();
  const validBPN = pairs(positiveBP.mul(hasAnchorBP), negativeBN);
  const farBP1 = column(positiveDistanceBP);

  if (options.mining === 'batch-hard') {
    // Positives of one slate may have different anchors, so the extremes of each positive meet before those of the slate do.
    const validBP = validBPN.max(-1);
    const gapBP = positiveDistanceBP.sub(nearest(negativeDistanceBPN, validBPN));
    const hardestB = gapBP.sub(validBP.mul(-1).add(1).mul(FAR)).max(1);
    return meanWhere(hardestB.add(options.margin).relu().mul(validBP.max(1)), mixedB);
  }
  if (options.mining === 'semi-hard') {
    const semiHardBPN = validBPN.mul(negativeDistanceBPN.greater(farBP1).toFloat());
    const validBP = semiHardBPN.max(-1);
    const lossBP = hinge(positiveDistanceBP, nearest(negativeDistanceBPN, semiHardBPN), options.margin);
    return meanWhere(meanPerSlate(lossBP, validBP), mixedB);
  }
  const [B, P, N] = validBPN.shape;
  const flat = [B, productOf([P, N])];
  const lossBT = hinge(farBP1, negativeDistanceBPN, options.margin).reshape(flat);
  return meanWhere(meanPerSlate(lossBT, validBPN.reshape(flat)), mixedB);
}

/** The last click before the slate, else the mean of the slate's other clicks, else the user; `kind` says where that chain begins. */
function anchors(
  { lastClickBD, lastClickMaskB, userBD }: TripletInputs,
  { vectorsBKD, positiveBP, kind }: { vectorsBKD: Tensor; positiveBP: Tensor; kind: TripletOptions['anchor'] },
): Tensor {
  const userB1D = perSlate(unit(userBD));
  if (kind === 'user') return userB1D.broadcastTo(vectorsBKD.shape);

  const clicksBPD = vectorsBKD.mul(column(positiveBP));
  const othersBPD = unit(clicksBPD.sum(1, { keep: true }).sub(clicksBPD));
  const hasOthersBP1 = column(positiveBP.sum(1, { keep: true }).sub(positiveBP).greater(0.5).toFloat());
  const withinBPD = choose(hasOthersBP1, othersBPD, userB1D);
  if (kind === 'other-click') return withinBPD;

  const hasLastB11 = lastClickMaskB.reshape([lastClickMaskB.shape[0], 1, 1]);
  return choose(hasLastB11, perSlate(unit(lastClickBD)), withinBPD);
}

/** Above every distance between unit vectors. */
const FAR = 10;

const hinge = (positive: Tensor, negative: Tensor, margin: number): Tensor => positive.sub(negative).add(margin).relu();

/** Distance of unit vectors from their dot product; the floor keeps the root's slope finite where they coincide. */
function distance(dot: Tensor, kind: TripletOptions['distance']): Tensor {
  const gap = dot.neg().add(1);
  return kind === 'cosine' ? gap : gap.mul(2).maximum(1e-8).sqrt();
}

/** Nearest of the valid negatives of each positive; FAR or more where there is none. */
const nearest = (distanceBPN: Tensor, validBPN: Tensor): Tensor =>
  distanceBPN.add(validBPN.mul(-1).add(1).mul(FAR)).neg().max(-1).neg();

/** The vector at length 1. One shorter than 1e-3 has no direction worth following: it becomes 0, as does its gradient, which would be thousandfold. */
function unit(x: Tensor): Tensor {
  const squared = x.mul(x).sum(-1, { keep: true });
  return x.mul(squared.sub(1e-6).step()).div(squared.maximum(1e-6).sqrt());
}

const column = (xBP: Tensor): Tensor => xBP.reshape([...xBP.shape, 1]);
const perSlate = (xBD: Tensor): Tensor => xBD.reshape([xBD.shape[0], 1, xBD.shape[1]]);
const pairs = (positiveBP: Tensor, negativeBN: Tensor): Tensor =>
  column(positiveBP).mul(negativeBN.reshape([negativeBN.shape[0], 1, negativeBN.shape[1]]));
const choose = (condition: Tensor, yes: Tensor, no: Tensor): Tensor =>
  condition.mul(yes).add(condition.mul(-1).add(1).mul(no));

/** Of each slate's valid triples T; 0 where it has none. */
const meanPerSlate = (lossBT: Tensor, validBT: Tensor): Tensor =>
  lossBT.mul(validBT).sum(1).div(validBT.sum(1).maximum(1));

export const tripletLoss: Loss<'triplet', TripletOptions> = {
  kind: 'loss',
  name: 'triplet',
  schema: {
    margin: z.number().min(0).max(1e3),
    distance: oneOf(['euclidean', 'cosine']),
    mining: oneOf(['all', 'semi-hard', 'batch-hard']),
    anchor: oneOf(['last-click', 'other-click', 'user']),
  },
  defaults: tripletDefaults,
  readsUser: true,
  counts: perMixedList,
  build: triplet,
};
