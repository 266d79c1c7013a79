import type { Tensor } from '../tensor/tensor.ts';
import type { WeightedTerm } from './weighted-sum.ts';

/**
 * L = sum_k L_k / (2 e^w_k) + w_k / 2 with learned w_k = log sigma_k^2, the logarithm of the task's noise variance: equation 10 of Kendall, Gal & Cipolla
 * 2018 in w, so that no division by a learned sigma can meet 0. The sum itself may be negative. `logNoise` holds one [1] tensor per term.
 */
export function uncertaintySum(terms: readonly WeightedTerm[], logNoise: Readonly<Record<string, Tensor>>): Tensor {
  return terms
    .map(({ name, loss }) => {
      const w = logNoise[name].reshape([]);
      return loss.mul(w.neg().exp()).add(w).mul(0.5);
    })
    .reduce((sum, term) => sum.add(term));
}

/** The w_k at which a term's weight is lambda_k: 1 / (2 e^w) = lambda. */
export const logNoiseOf = (weight: number): number => -Math.log(2 * Math.max(weight, 1e-6));
