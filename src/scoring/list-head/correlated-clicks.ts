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
  const scaledK = Float64Array.from(logitsK, (logit) => gain * logit);
  const oddsK = scaledK.map(Math.exp);
  // Relative to the largest term, so that nothing under- or overflows.
  let largest = Number.NEGATIVE_INFINITY;
  for (let q = 0; q < nodeQ.length; q++) {
    const logNone = logWeightQ[q] - softplusSum(scaledK, oddsK, spread * nodeQ[q]);
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

/**
 * Sum of softplus(x_k + shift) = log prod_k (1 + exp(x_k) exp(shift)), with one logarithm for many items and no exponential for each: these would be most of what a list's
 * score costs. `oddsK` is exp(x_k). Small odds go by their series, as 1 + odds would lose digits; huge ones are their own sum.
 */
function softplusSum(xK: Float64Array, oddsK: Float64Array, shift: number): number {
  const factor = Math.exp(shift);
  let sum = 0;
  let product = 1;
  for (let k = 0; k < xK.length; k++) {
    const odds = oddsK[k] * factor;
    if (odds < SMALL) sum += odds * (1 - odds * (1 / 2 - odds / 3));
    else if (odds > HUGE) sum += xK[k] + shift;
    else product *= 1 + odds;
    if (product < LARGE) continue;
    sum += Math.log(product);
    product = 1;
  }
  return sum + Math.log(product);
}

const SMALL = 1e-4;
const HUGE = 1e80;
/** Times `HUGE` it is a number still. */
const LARGE = 1e200;

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
