/** Legend: B batch, K slate, D width. */
import type { Tensor } from '../graph/tensor.ts';
import { createLayerNorm, type LayerNorm, layerNorm } from '../nn/layer-norm.ts';
import { createLinear, type Linear, linear } from '../nn/linear.ts';
import { fill } from '../nn/parameter.ts';
import type { Rng } from '../random/rng.ts';
import type { Encoded } from './encoder.ts';
import type { ScorerConfig, ScorerOutputs } from './scorer.ts';
import type { ScorerInputs } from './scorer-inputs.ts';

/** z_i = w . norm(h_i) + b. */
export type Head = { readonly norm: LayerNorm; readonly logit: Linear };

/** The weights start at zero and the bias at the base rate's logit: a fresh model says "the average" of every item. */
export function createHead(rng: Rng, { width, baseRate }: ScorerConfig): Head {
  const logit = createLinear(rng, { inputs: width, outputs: 1, initialise: fill(0) });
  logit.bias.initial.fill(Math.log(baseRate / (1 - baseRate)));
  return { norm: createLayerNorm(width), logit };
}

export function head(
  layer: Head,
  hiddenBKD: Tensor,
  { encoded, inputs }: { encoded: Encoded; inputs: ScorerInputs },
): ScorerOutputs {
  const { maskBK } = inputs;
  const itemVectorsBKD = layerNorm(layer.norm, hiddenBKD);
  const itemLogitsBK = linear(layer.logit, itemVectorsBKD).reshape(['B', 'K']).mul(maskBK);
  const { lastClickBD, lastClickMaskB, userBD } = encoded;
  return {
    itemLogitsBK,
    slateLogitB: anyClickLogit(itemLogitsBK, maskBK),
    itemVectorsBKD,
    lastClickBD,
    lastClickMaskB,
    userBD,
  };
}

/**
 * Logit of 1 - prod(1 - p_i). With s = sum softplus(z_i) = -log prod(1 - p_i) it is log(e^s - 1) = s + log(1 - e^-s); the floor keeps the logarithm
 * finite for a slate that nobody would ever click.
 */
function anyClickLogit(itemLogitsBK: Tensor, maskBK: Tensor): Tensor {
  const missB = itemLogitsBK.softplus().mul(maskBK).sum(1).maximum(1e-6);
  return missB.add(missB.neg().exp().neg().add(1).log());
}
