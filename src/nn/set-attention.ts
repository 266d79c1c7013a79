/** Legend: B batch, Q queries, K keys, D width, H heads, E = D / H head width, M inducing vectors. */

import type { Rng } from '../random/rng.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { joinHeads, splitHeads } from './attention-heads.ts';
import { type DropoutOptions, dropout } from './dropout.ts';
import { createLayerNorm, type LayerNorm, layerNorm } from './layer-norm.ts';
import { createLinear, type Linear, linear } from './linear.ts';
import { createParameter, normal, type Parameter } from './parameter.ts';

export type SetAttention = {
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly output: Linear;
  readonly attentionNorm: LayerNorm;
  readonly expand: Linear;
  readonly contract: Linear;
  readonly norm: LayerNorm;
  readonly heads: number;
};

export interface SetAttentionConfig {
  readonly width: number;
  readonly heads: number;
  readonly feedForward: number;
}

export function createSetAttention(rng: Rng, { width, heads, feedForward }: SetAttentionConfig): SetAttention {
  if (width % heads !== 0)
    throw new RangeError(`createSetAttention: width ${width} is not divisible by ${heads} heads`);
  const square = { inputs: width, outputs: width };
  return {
    query: createLinear(rng.split('query'), square),
    key: createLinear(rng.split('key'), square),
    value: createLinear(rng.split('value'), square),
    output: createLinear(rng.split('output'), square),
    attentionNorm: createLayerNorm(width),
    expand: createLinear(rng.split('expand'), { inputs: width, outputs: feedForward }),
    contract: createLinear(rng.split('contract'), { inputs: feedForward, outputs: width }),
    norm: createLayerNorm(width),
    heads,
  };
}

export interface SetAttentionOptions extends DropoutOptions {
  /** [B, 1, 1, K] from `absenceBias`; undefined where every key is there. */
  readonly absenceB11K?: Tensor | undefined;
}

/**
 * The multi-head attention block MAB(X, Y) (Lee et al. 2019, equations 6-7; the block of SetRank, Pang et al. 2020, equation 6):
 * norm(h + feedForward(h)), h = norm(x + attention(x, y, y)).
 */
export function setAttention(
  layer: SetAttention,
  queriesBQD: Tensor,
  keysBKD: Tensor,
  { absenceB11K, ...drop }: SetAttentionOptions,
): Tensor {
  const attended = dropout(attend(layer, queriesBQD, keysBKD, absenceB11K), drop);
  const h = layerNorm(layer.attentionNorm, queriesBQD.add(attended));
  const transformed = linear(layer.contract, linear(layer.expand, h).relu());
  return layerNorm(layer.norm, h.add(dropout(transformed, drop)));
}

function attend(layer: SetAttention, queriesBQD: Tensor, keysBKD: Tensor, absenceB11K: Tensor | undefined): Tensor {
  const [B, Q, D] = queriesBQD.shape;
  const E = Number(D) / layer.heads;
  const split = (projection: Linear, x: Tensor): Tensor =>
    splitHeads(linear(projection, x), [B, x.shape[1], layer.heads, E]);
  const scoresHBQK = split(layer.query, queriesBQD).matmul(split(layer.key, keysBKD), {
    transposeB: true,
    scale: 1 / Math.sqrt(E),
  });
  const biased = absenceB11K ? scoresHBQK.add(absenceB11K.reshape([1, B, 1, keysBKD.shape[1]])) : scoresHBQK;
  const mixedHBQE = biased.softmax(-1).matmul(split(layer.value, keysBKD));
  return linear(layer.output, joinHeads(mixedHBQE, [B, Q, D]));
}

/** M learned vectors look at the slate, and the slate looks at them: cost grows with K M, not K^2. */
export type InducedAttention = {
  readonly inducing: Parameter;
  readonly inward: SetAttention;
  readonly outward: SetAttention;
};

export function createInducedAttention(rng: Rng, config: SetAttentionConfig & { inducing: number }): InducedAttention {
  return {
    inducing: createParameter([config.inducing, config.width], normal(rng.split('inducing'), 0.5)),
    inward: createSetAttention(rng.split('inward'), config),
    outward: createSetAttention(rng.split('outward'), config),
  };
}

/** ISAB(X) = MAB(X, MAB(I, X)) (Lee et al. 2019, equations 9-10). */
export function inducedAttention(layer: InducedAttention, xBKD: Tensor, options: SetAttentionOptions): Tensor {
  const [B] = xBKD.shape;
  const [M, D] = layer.inducing.shape;
  const inducingBMD = layer.inducing.tensor.reshape([1, M, D]).broadcastTo([B, M, D]);
  const { absenceB11K: _, ...drop } = options;
  const seenBMD = setAttention(layer.inward, inducingBMD, xBKD, options);
  return setAttention(layer.outward, xBKD, seenBMD, drop);
}
