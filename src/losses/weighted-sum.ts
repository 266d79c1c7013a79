import type { Tensor } from '../tensor/tensor.ts';

/** One term of a multi-task loss, by the name it has in learning curves. */
export interface WeightedTerm {
  readonly name: string;
  /** lambda_k. */
  readonly weight: number;
  readonly loss: Tensor;
}

/** L = sum_k lambda_k L_k over any number of terms. */
export function weightedSum(terms: readonly WeightedTerm[]): Tensor {
  if (terms.length === 0) throw new RangeError('weightedSum: expected at least one term, got none');
  return terms.map(({ weight, loss }) => (weight === 1 ? loss : loss.mul(weight))).reduce((sum, term) => sum.add(term));
}
