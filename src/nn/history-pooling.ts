/** Legend: B batch, H history length, D width. */

import type { Rng } from '../random/rng.ts';
import { absence } from '../tensor/absent.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { createLinear, type Linear, linear } from './linear.ts';
import { createParameter, fill, normal, type Parameter } from './parameter.ts';

/** What counts in a history: a learned query, and how much the h-th latest counts, whatever it is. */
export type HistoryPooling = { readonly query: Linear; readonly recency: Parameter };

export function createHistoryPooling(
  rng: Rng,
  { width, historyLength }: { readonly width: number; readonly historyLength: number },
): HistoryPooling {
  return {
    query: createLinear(rng, { inputs: width, outputs: 1, initialise: normal(rng, 0.02) }),
    recency: createParameter([historyLength], fill(0), { decays: false }),
  };
}

/**
 * A history as one vector: [B, D] from [B, H, D], latest first, and its mask [B, H]. The weights are a softmax of query . item_h + recency_h over what is there
 * (the pooling of Yang et al. 2016, equations 5 to 7, with one layer less, and recency beside it). A user without history gets the zero vector.
 */
export function historyPooling(layer: HistoryPooling, historyBHD: Tensor, maskBH: Tensor): Tensor {
  const [B, H, D] = historyBHD.shape;
  const logitsBH = linear(layer.query, historyBHD).reshape([B, H]).add(layer.recency.tensor);
  const weightsBH = logitsBH.add(absence(maskBH)).softmax(-1).mul(maskBH);
  return weightsBH.reshape([B, 1, H]).matmul(historyBHD).reshape([B, D]);
}
