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
  /** Of the joined heads. */
  readonly output: Linear | undefined;
  readonly attentionNorm: LayerNorm;
  /** The feed-forward half, and the norm behind it. */
  readonly expand: Linear | undefined;
  readonly contract: Linear | undefined;
  readonly norm: LayerNorm | undefined;
  readonly heads: number;
  readonly form: SetAttentionForm;
};

/**
 * Lee et al. 2019, or the code of SetRank (`pl8787/SetRank`, `modules.py`): queries, keys and values pass a ReLU, the joined heads no projection, and shares of
 * attention are dropped where else what attention and the feed-forward half give is.
 */
export type SetAttentionForm = 'set-transformer' | 'setrank';

export interface SetAttentionConfig {
  readonly width: number;
  readonly heads: number;
  /** Inner width of the feed-forward half; 0: the block ends behind its attention. */
  readonly feedForward: number;
  readonly form: SetAttentionForm;
}

export function createSetAttention(rng: Rng, { width, heads, feedForward, form }: SetAttentionConfig): SetAttention {
  if (width % heads !== 0)
    throw new RangeError(`createSetAttention: width ${width} is not divisible by ${heads} heads`);
  const square = { inputs: width, outputs: width };
  const transforms = feedForward > 0;
  return {
    query: createLinear(rng.split('query'), square),
    key: createLinear(rng.split('key'), square),
    value: createLinear(rng.split('value'), square),
    output: form === 'setrank' ? undefined : createLinear(rng.split('output'), square),
    attentionNorm: createLayerNorm(width),
    expand: transforms ? createLinear(rng.split('expand'), { inputs: width, outputs: feedForward }) : undefined,
    contract: transforms ? createLinear(rng.split('contract'), { inputs: feedForward, outputs: width }) : undefined,
    norm: transforms ? createLayerNorm(width) : undefined,
    heads,
    form,
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
  const { expand, contract, norm, form } = layer;
  const given = (x: Tensor): Tensor => (form === 'setrank' ? x : dropout(x, drop));
  const attended = given(attend(layer, queriesBQD, keysBKD, { absenceB11K, ...drop }));
  const h = layerNorm(layer.attentionNorm, queriesBQD.add(attended));
  if (!expand || !contract || !norm) return h;
  const transformed = linear(contract, linear(expand, h).relu());
  return layerNorm(norm, h.add(given(transformed)));
}

function attend(
  layer: SetAttention,
  queriesBQD: Tensor,
  keysBKD: Tensor,
  { absenceB11K, ...drop }: SetAttentionOptions,
): Tensor {
  const [B, Q, D] = queriesBQD.shape;
  const E = Number(D) / layer.heads;
  const published = layer.form === 'setrank';
  const split = (projection: Linear, x: Tensor): Tensor => {
    const projected = linear(projection, x);
    return splitHeads(published ? projected.relu() : projected, [B, x.shape[1], layer.heads, E]);
  };
  const scoresHBQK = split(layer.query, queriesBQD).matmul(split(layer.key, keysBKD), {
    transposeB: true,
    scale: 1 / Math.sqrt(E),
  });
  const biased = absenceB11K ? scoresHBQK.add(absenceB11K.reshape([1, B, 1, keysBKD.shape[1]])) : scoresHBQK;
  const sharesHBQK = biased.softmax(-1);
  const mixedHBQE = (published ? dropout(sharesHBQK, drop) : sharesHBQK).matmul(split(layer.value, keysBKD));
  const joinedBQD = joinHeads(mixedHBQE, [B, Q, D]);
  return layer.output ? linear(layer.output, joinedBQD) : joinedBQD;
}

/** M learned vectors look at the slate, and the slate looks at them: cost grows with K M, not K^2. */
export type InducedAttention = {
  readonly inducing: Parameter;
  readonly inward: SetAttention;
  readonly outward: SetAttention;
};

export function createInducedAttention(rng: Rng, config: SetAttentionConfig & { inducing: number }): InducedAttention {
  const published = config.form === 'setrank';
  return {
    inducing: createParameter([config.inducing, config.width], normal(rng.split('inducing'), published ? 0.1 : 0.5)),
    // In SetRank's code a feed-forward half stands once, behind both attentions.
    inward: createSetAttention(rng.split('inward'), published ? { ...config, feedForward: 0 } : config),
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
