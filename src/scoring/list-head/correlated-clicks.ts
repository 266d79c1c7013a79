/** Clicks on one list that come together: the probability of any. Legend: K items of a list, Q nodes of a quadrature. */

/** Up to this spread the probability is right to three digits, up to half of it to five. */
export const LARGEST_SPREAD = 3;

/**
 * Logit of "at least one click" when the clicks on a list share one normal factor u, as those of a reader who is or is not in the mood do: item i is clicked with probability
 * sigmoid(g z_i + t u), independently given u, so that P(no click) = E_u prod_i (1 - sigmoid(g z_i + t u)). With g = sqrt(1 + pi t^2 / 8) the probability of each item
 * stays nearly sigmoid(z_i) (MacKay 1992, "The evidence framework applied to classification networks"): the factor moves clicks together and adds none. With spread t = 0
 * clicks are independent. [K] logits of the items present; a list without any gives -Infinity. The spread is from 0 to `LARGEST_SPREAD`.
 */
export function anyClickLogit(logitsK: ArrayLike<number>, spread: number): number {
  const K = logitsK.length;
  if (K === 0) return Number.NEGATIVE_INFINITY;
  const gain = Math.sqrt(1 + (Math.PI * spread * spread) / 8);
  // Relative to the largest term, so that nothing under- or overflows.
  let largest = Number.NEGATIVE_INFINITY;
  for (let q = 0; q < nodeQ.length; q++) {
    let logNone = logWeightQ[q];
    for (let k = 0; k < K; k++) logNone -= softplus(gain * logitsK[k] + spread * nodeQ[q]);
    logNoneQ[q] = logNone;
    if (logNone > largest) largest = logNone;
  }
  let sum = 0;
  for (let q = 0; q < logNoneQ.length; q++) sum += Math.exp(logNoneQ[q] - largest);
  const logNone = Math.min(largest + Math.log(sum), -SMALLEST_MISS);
  return Math.log(-Math.expm1(logNone)) - logNone;
}

/** -log P(no click) is at least this: the logit of a list that nobody would ever click stays finite. */
export const SMALLEST_MISS = 1e-12;

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/**
 * The trapezoidal rule on [-6, 6]: for a smooth function under a normal density its error falls exponentially with the number of nodes (Trefethen & Weideman 2014, "The
 * exponentially convergent trapezoidal rule").
 */
const NODES = 25;
const nodeQ = Float64Array.from({ length: NODES }, (_, q) => -6 + (12 * q) / (NODES - 1));
const densityTotal = nodeQ.reduce((sum, u) => sum + Math.exp((-u * u) / 2), 0);
const logWeightQ = nodeQ.map((u) => (-u * u) / 2 - Math.log(densityTotal));
/** [Q]: where the factor is looked at, and the logarithm of what each place weighs. */
export const QUADRATURE: { readonly nodeQ: Float64Array; readonly logWeightQ: Float64Array } = { nodeQ, logWeightQ };
/** Room of one call: written and read before it returns. */
const logNoneQ = new Float64Array(NODES);
