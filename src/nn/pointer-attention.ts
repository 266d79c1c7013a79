/** Legend: B batch, N candidates, S queries of each, D width. */

import type { Rng } from '../random/rng.ts';
import { absence } from '../tensor/absent.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { createLinear, type Linear, linear } from './linear.ts';
import { createParameter, glorot, normal, type Parameter } from './parameter.ts';

export type PointerAttention = {
  readonly reference: Linear;
  readonly query: Linear;
  readonly weight: Parameter;
  /** Of what the decoder makes of its earlier outputs, where it is told. */
  readonly earlier: Parameter | undefined;
};

export function createPointerAttention(
  rng: Rng,
  width: number,
  { earlier = false }: { readonly earlier?: boolean } = {},
): PointerAttention {
  const square = { inputs: width, outputs: width };
  return {
    reference: createLinear(rng.split('reference'), square),
    query: createLinear(rng.split('query'), square),
    weight: createParameter([width, 1], normal(rng.split('weight'), Math.sqrt(1 / width))),
    earlier: earlier ? createParameter([width, width], glorot(rng.split('earlier'), width, width)) : undefined,
  };
}

/** S queries about the same N candidates; `leftBSN` is 1 where a candidate may be pointed at. */
export interface PointerQueries {
  readonly referencesBND: Tensor;
  readonly queryBSD: Tensor;
  readonly leftBSN: Tensor;
  /** What the decoder makes of its earlier outputs (`intra-attention.ts`), of layers that were made for it. */
  readonly earlierBSD?: Tensor | undefined;
}

/** The candidates' half of `pointerLogits`, the same for every query and at every step of a decoder. */
export const pointerReferences = (layer: PointerAttention, candidatesBND: Tensor): Tensor =>
  linear(layer.reference, candidatesBND);

/**
 * u_j = v . tanh(W_1 e_j + W_2 q) over the candidates that are left (Vinyals et al. 2015, equation 3), [B, S, N]; -1e9 on the others. `clip` bounds them to
 * C tanh(u) so that a sampled decoder keeps exploring (Bello et al. 2016, appendix A.2); 0: no bound. What is made of earlier outputs is one more term, W_3 d, as in
 * the code that the authors of Exact-K published.
 */
export function pointerLogits(
  layer: PointerAttention,
  { referencesBND, queryBSD, leftBSN, earlierBSD }: PointerQueries,
  { clip = 0 }: { clip?: number } = {},
): Tensor {
  const [B, N, D] = referencesBND.shape;
  const S = queryBSD.shape[1];
  const askedBSD = linear(layer.query, queryBSD);
  const ofEarlierBSD = layer.earlier && earlierBSD?.flattenRows().matmul(layer.earlier.tensor).reshape(askedBSD.shape);
  const queryBS1D = (ofEarlierBSD ? askedBSD.add(ofEarlierBSD) : askedBSD).reshape([B, S, 1, D]);
  const hiddenBSND = referencesBND.reshape([B, 1, N, D]).add(queryBS1D).tanh();
  const scoresBSN = hiddenBSND.flattenRows().matmul(layer.weight.tensor).reshape([B, S, N]);
  const logitsBSN = clip > 0 ? scoresBSN.tanh().mul(clip) : scoresBSN;
  return logitsBSN.mul(leftBSN).add(absence(leftBSN));
}

/**
 * What each query sees of the candidates at once, [B, S, D]: their mean by softmax(u) (the glimpse of Bello et al. 2016, appendix A.1). The paper sums the candidates'
 * own vectors; here it is the projected ones, W_1 e_j, which the scores have at hand already.
 */
export function glimpse(layer: PointerAttention, queries: PointerQueries): Tensor {
  return pointerLogits(layer, queries).softmax(-1).matmul(queries.referencesBND);
}
