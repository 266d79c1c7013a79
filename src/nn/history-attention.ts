/** Legend: B batch, K slate, H history length, D width. */

import type { Rng } from '../random/rng.ts';
import { absence } from '../tensor/absent.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { createLinear, type Linear, linear } from './linear.ts';

export type HistoryAttention = { readonly query: Linear; readonly key: Linear; readonly value: Linear };

export function createHistoryAttention(rng: Rng, width: number): HistoryAttention {
  const square = { inputs: width, outputs: width };
  return { query: createLinear(rng, square), key: createLinear(rng, square), value: createLinear(rng, square) };
}

/**
 * Pools a user's history against each candidate: [B, K, D] from candidates [B, K, D], history [B, H, D] and its mask [B, H] (the idea of
 * Zhou et al. 2018, Deep Interest Network, with scaled dot-product weights). A user without history gets the zero vector.
 */
export function historyAttention(
  layer: HistoryAttention,
  candidateBKD: Tensor,
  historyBHD: Tensor,
  maskBH: Tensor,
): Tensor {
  const [B, H] = maskBH.shape;
  const D = Number(candidateBKD.shape[2]);
  const queryBKD = linear(layer.query, candidateBKD);
  const keyBHD = linear(layer.key, historyBHD);
  const valueBHD = linear(layer.value, historyBHD);
  const absenceB1H = absence(maskBH).reshape([B, 1, H]);
  const weightsBKH = queryBKD
    .matmul(keyBHD, { transposeB: true, scale: 1 / Math.sqrt(D) })
    .add(absenceB1H)
    .softmax(-1);
  return weightsBKH.matmul(valueBHD.mul(maskBH.reshape([B, H, 1])));
}
