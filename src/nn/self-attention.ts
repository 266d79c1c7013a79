/** Legend: B batch, K slate, D width, H heads, E = D / H head width. */
import type { Tensor } from '../graph/tensor.ts';
import type { Rng } from '../random/rng.ts';
import { type LayerNorm, layerNormLinear } from './layer-norm.ts';
import { createLinear, type Linear, linear } from './linear.ts';

export type SelfAttention = {
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly output: Linear;
  readonly heads: number;
};

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
export function selfAttention(layer: SelfAttention, norm: LayerNorm, xBKD: Tensor, absenceB11K: Tensor): Tensor {
  const [B, K, D] = xBKD.shape;
  const E = Number(D) / layer.heads;
  const standardisedBKD = xBKD.standardise();
  const project = (projection: Linear): Tensor =>
    layerNormLinear(norm, projection, standardisedBKD).reshape([B, K, layer.heads, E]).transpose(1, 2);

  const queryBHKE = project(layer.query);
  const keyBHKE = project(layer.key);
  const valueBHKE = project(layer.value);
  const scoresBHKK = queryBHKE.matmul(keyBHKE, { transposeB: true, scale: 1 / Math.sqrt(E) });
  const weightsBHKK = scoresBHKK.add(absenceB11K).softmax(-1);
  const mixedBHKE = weightsBHKK.matmul(valueBHKE);
  return linear(layer.output, mixedBHKE.transpose(1, 2).reshape([B, K, Number(D)]));
}

/**
 * 0 where an item is, -1e9 where none is, shaped to be added to attention scores [B, H, K, K]. Finite, so that a slate of nothing but padding gives
 * uniform weights and not NaN; e^-1e9 is 0 in every precision, so absent items get no weight at all beside a present one.
 */
export function absenceBias(maskBK: Tensor): Tensor {
  const [B, K] = maskBK.shape;
  return maskBK.sub(1).mul(1e9).reshape([B, 1, 1, K]);
}
