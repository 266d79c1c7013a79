/** Legend: B batch, K slate, R = B * K rows, D width, H heads, E = D / H head width. */

import type { Rng } from '../random/rng.ts';
import { absence } from '../tensor/absent.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { joinHeads, splitHeads } from './attention-heads.ts';
import { type LayerNorm, layerNormLinear, linearInto, type StreamOptions, standardised } from './layer-norm.ts';
import { createLinear, type Linear } from './linear.ts';

/** The projections of multi-head self-attention. */
export type SelfAttention = {
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly output: Linear;
  readonly heads: number;
};

/** A fresh layer. */
export function createSelfAttention(rng: Rng, { width, heads }: { width: number; heads: number }): SelfAttention {
  if (width % heads !== 0)
    throw new RangeError(`createSelfAttention: width ${width} is not divisible by ${heads} heads`);
  const square = { inputs: width, outputs: width };
  return {
    query: createLinear(rng, square),
    key: createLinear(rng, square),
    value: createLinear(rng, square),
    output: createLinear(rng, square),
    heads,
  };
}

/**
 * Multi-head self-attention over the items of each slate (Vaswani et al. 2017, equation 1 and section 3.2.2), of `layerNorm(norm, x)`.
 * xBKD: [B, K, D]; absenceB11K from `absenceBias`: added to the scores, so that no item attends to padding.
 */
export function selfAttention(
  layer: SelfAttention,
  norm: LayerNorm,
  xBKD: Tensor,
  { absenceB11K, ...stream }: { readonly absenceB11K: Tensor } & StreamOptions,
): Tensor {
  const [B, K, D] = xBKD.shape;
  const E = Number(D) / layer.heads;
  const standardisedRD = standardised(xBKD.flattenRows(), stream);
  const project = (projection: Linear): Tensor =>
    splitHeads(layerNormLinear(norm, projection, standardisedRD), [B, K, layer.heads, E]);
  const queryHBKE = project(layer.query);
  const keyHBKE = project(layer.key);
  const valueHBKE = project(layer.value);
  const absenceBKK = absenceB11K.reshape([B, 1, K]).broadcastTo([B, K, K]);
  const scoresHBKK = queryHBKE.matmul(keyHBKE, { transposeB: true, scale: 1 / Math.sqrt(E) });
  const weightsHBKK = scoresHBKK.add(absenceBKK).softmax(-1);
  const mixedHBKE = weightsHBKK.matmul(valueHBKE);
  return linearInto(layer.output, joinHeads(mixedHBKE, [B, K, Number(D)]), stream);
}

/** `absence`, shaped to be added to attention scores [B, H, K, K]: absent items get no weight at all beside a present one. */
export function absenceBias(maskBK: Tensor): Tensor {
  const [B, K] = maskBK.shape;
  return absence(maskBK).reshape([B, 1, 1, K]);
}
