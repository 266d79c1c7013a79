/** Legend: B batch, N candidates, D width. */
import type { Tensor } from '../graph/tensor.ts';
import type { Rng } from '../random/rng.ts';
import { createLinear, type Linear, linear } from './linear.ts';
import { createParameter, normal, type Parameter } from './parameter.ts';

export type PointerAttention = { readonly reference: Linear; readonly query: Linear; readonly weight: Parameter };

export function createPointerAttention(rng: Rng, width: number): PointerAttention {
  const square = { inputs: width, outputs: width };
  return {
    reference: createLinear(rng.split('reference'), square),
    query: createLinear(rng.split('query'), square),
    weight: createParameter([width, 1], normal(rng.split('weight'), Math.sqrt(1 / width))),
  };
}

/** The candidates' half of `pointerLogits`, the same at every step of a decoder. */
export const pointerReferences = (layer: PointerAttention, candidatesBND: Tensor): Tensor =>
  linear(layer.reference, candidatesBND);

/**
 * u_j = v . tanh(W_1 e_j + W_2 q) over the candidates that are left (Vinyals et al. 2015, equation 3); -1e9 on the others. `clip` bounds them to C tanh(u) so that
 * a sampled decoder keeps exploring (Bello et al. 2016, appendix A.2); 0: no bound.
 */
export function pointerLogits(
  layer: PointerAttention,
  { referencesBND, queryBD, leftBN }: { referencesBND: Tensor; queryBD: Tensor; leftBN: Tensor },
  { clip = 0 }: { clip?: number } = {},
): Tensor {
  const [B, N, D] = referencesBND.shape;
  const queryB1D = linear(layer.query, queryBD).reshape([B, 1, D]);
  const scoresBN = referencesBND.add(queryB1D).tanh().flattenRows().matmul(layer.weight.tensor).reshape([B, N]);
  const logitsBN = clip > 0 ? scoresBN.tanh().mul(clip) : scoresBN;
  return logitsBN.mul(leftBN).add(leftBN.sub(1).mul(1e9));
}

/** What the query sees of the candidates at once: their mean by softmax(u) (Bello et al. 2016, the glimpse). */
export function glimpse(
  layer: PointerAttention,
  { referencesBND, queryBD, leftBN }: { referencesBND: Tensor; queryBD: Tensor; leftBN: Tensor },
): Tensor {
  const [B, N, D] = referencesBND.shape;
  const sharesBN = pointerLogits(layer, { referencesBND, queryBD, leftBN }).softmax(1);
  return sharesBN.reshape([B, 1, N]).matmul(referencesBND).reshape([B, D]);
}
