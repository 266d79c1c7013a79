/** Legend: B batch, K slate, D width. */

import {
  createLayerNorm,
  type LayerNorm,
  layerNorm,
  layerNormLinear,
  type StreamOptions,
  standardised,
} from '../../nn/layer-norm.ts';
import { createLinear, type Linear } from '../../nn/linear.ts';
import { fill } from '../../nn/parameter.ts';
import type { Rng } from '../../random/rng.ts';
import { ABSENT, absence } from '../../tensor/absent.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Encoded } from './encoder.ts';
import type { HeadKind, ScorerConfig } from './scorer-config.ts';
import type { ScorerInputs } from './scorer-inputs.ts';
import type { ScorerOutputs } from './scorer-outputs.ts';

/** z_i = w . norm(h_i) + b. */
export type Head = { readonly norm: LayerNorm; readonly logit: Linear };

/** The weights start at zero and the bias at the base rate's logit: a fresh model says "the average" of every item. */
export function createHead(rng: Rng, { width, baseRate, head: kind }: ScorerConfig): Head {
  const logit = createLinear(rng, { inputs: width, outputs: kind === 'joint' ? 2 : 1, initialise: fill(0) });
  logit.bias.initial[0] = Math.log(baseRate / (1 - baseRate));
  return { norm: createLayerNorm(width), logit };
}

/** A logit for each item from the last hidden vectors, and all else that a scorer gives. */
export function head(
  layer: Head,
  hiddenBKD: Tensor,
  { encoded, inputs, kind, ...stream }: { encoded: Encoded; inputs: ScorerInputs; kind: HeadKind } & StreamOptions,
): ScorerOutputs {
  // The logits have rows of their own, with the norm folded into the weights; the vectors cost nothing unless a loss or an output asks for them.
  const itemVectorsBKD = layerNorm(layer.norm, hiddenBKD);
  const last = layerNormLinear(layer.norm, layer.logit, standardised(hiddenBKD.flattenRows(), stream));
  const lastBK1 = last.reshape([...hiddenBKD.shape.slice(0, -1), last.shape[1]]);
  return outputsOf(lastBK1, { itemVectorsBKD, encoded, inputs, kind });
}

/** Everything a scorer gives, from its last layer's numbers: [B, K, 1], or [B, K, 2] of a `joint` head. */
export function outputsOf(
  lastBK1: Tensor,
  {
    itemVectorsBKD,
    encoded,
    inputs,
    kind,
  }: { itemVectorsBKD: Tensor; encoded: Encoded; inputs: ScorerInputs; kind: HeadKind },
): ScorerOutputs {
  const { maskBK } = inputs;
  const { lastClickBD, lastClickMaskB, userBD } = encoded;
  const shared = { itemVectorsBKD, lastClickBD, lastClickMaskB, userBD };
  const column = (at: number): Tensor =>
    lastBK1
      .slice(2, at, at + 1)
      .reshape(['B', 'K'])
      .mul(maskBK);
  if (kind === 'joint') {
    const [clickBK, noClickBK] = [column(0), column(1)];
    const itemLogitsBK = clickBK.sub(noClickBK);
    const slateLogitB = anyClickLogit(itemLogitsBK, maskBK);
    return { ...shared, itemLogitsBK, slateLogitB, utilitiesBK: itemLogitsBK, clickBK, noClickBK };
  }
  const utilitiesBK = lastBK1.reshape(['B', 'K']).mul(maskBK);
  if (kind === 'clicks') {
    return { ...shared, itemLogitsBK: utilitiesBK, slateLogitB: anyClickLogit(utilitiesBK, maskBK), utilitiesBK };
  }
  return { ...shared, ...choiceLogits(utilitiesBK, maskBK, kind === 'choice-or-none'), utilitiesBK };
}

/**
 * Logit of 1 - prod(1 - p_i). With s = sum softplus(z_i) = -log prod(1 - p_i) it is log(e^s - 1) = s + log(1 - e^-s); the floor keeps the logarithm
 * finite for a slate that nobody would ever click.
 */
function anyClickLogit(itemLogitsBK: Tensor, maskBK: Tensor): Tensor {
  const missB = itemLogitsBK.softplus().mul(maskBK).sum(1).maximum(1e-6);
  return missB.add(missB.neg().exp().neg().add(1).log());
}

/**
 * Of the multinomial logit model: p_i = e^u_i / (n + sum_j e^u_j) with n = 1 where nothing may be chosen, else 0, has the logit u_i - log(n + sum_{j != i} e^u_j).
 * Certainty is cut off at +-30.
 */
function choiceLogits(
  utilitiesBK: Tensor,
  maskBK: Tensor,
  none: boolean,
): Pick<ScorerOutputs, 'itemLogitsBK' | 'slateLogitB'> {
  const presentBK = utilitiesBK.add(absence(maskBK));
  const diagonalKK = maskBK.matmul(maskBK, { transposeA: true }).identityLike();
  const othersBKK = presentBK.reshape(['B', 1, 'K']).add(diagonalKK.mul(ABSENT));
  const orNone = (total: Tensor): Tensor => (none ? total.softplus() : total);
  const rivalsBK = orNone(othersBKK.logSumExp(2)).reshape(['B', 'K']);
  const itemLogitsBK = bounded(utilitiesBK.sub(rivalsBK)).mul(maskBK);
  const totalB = presentBK.logSumExp(1).reshape(['B']);
  return { itemLogitsBK, slateLogitB: none ? bounded(totalB) : totalB.mul(0).add(CERTAIN) };
}

const CERTAIN = 30;
const bounded = (logit: Tensor): Tensor => logit.maximum(-CERTAIN).neg().maximum(-CERTAIN).neg();
