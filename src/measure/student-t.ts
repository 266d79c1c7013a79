/** Student's t distribution, as far as intervals need it. */

/** Beyond so many degrees of freedom the normal distribution is no different in the first five digits. */
const MOST_FREEDOM = 1e5;

/**
 * The t that |T| exceeds with probability 1 - level, of T with so many degrees of freedom (at least 1, not necessarily whole): an estimate plus and minus so many standard errors is an
 * interval of that level. 4.303 for 2 degrees and 0.95, 1.960 for very many.
 */
export function tQuantile(level: number, degrees: number): number {
  const freedom = Math.min(degrees, MOST_FREEDOM);
  let [low, high] = [0, 1];
  while (tailsOf(high, freedom) > 1 - level) high *= 2;
  // Halving a double's interval ends; 200 times is more than its bits.
  for (let step = 0; step < 200 && low < high; step++) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (tailsOf(middle, freedom) > 1 - level) low = middle;
    else high = middle;
  }
  return high;
}

/** P(Z < z) of a standard normal Z. */
export function normalShare(z: number): number {
  const tail = tailsOf(Math.abs(z), MOST_FREEDOM) / 2;
  return z < 0 ? tail : 1 - tail;
}

/** P(|T| > t) = I_x(f / 2, 1 / 2) at x = f / (f + t^2), the regularised incomplete beta function (DLMF 8.17). */
function tailsOf(t: number, freedom: number): number {
  const [a, b] = [freedom / 2, 1 / 2];
  const [x, rest] = [freedom / (freedom + t * t), (t * t) / (freedom + t * t)];
  if (rest === 0) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log(rest) - logBeta(a, b));
  // The continued fraction converges fast below the mean only; above it the function is turned round.
  if (x < (a + 1) / (a + b + 2)) return (front / a) * betaFraction(x, a, b);
  return 1 - (front / b) * betaFraction(rest, b, a);
}

/** Of the incomplete beta function (DLMF 8.17.22), by the modified method of Lentz (Thompson & Barnett 1986). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let factor = 1;
    for (const term of [even, odd]) {
      d = 1 / nonZero(1 + term * d);
      c = nonZero(1 + term / c);
      factor = c * d;
      value *= factor;
    }
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return value;

  function nonZero(number: number): number {
    return Math.abs(number) < tiny ? tiny : number;
  }
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Stirling's series (DLMF 5.11.1) from 10 on, and below by Gamma(x + 1) = x Gamma(x). */
function logGamma(x: number): number {
  if (x < 10) return logGamma(x + 1) - Math.log(x);
  const square = 1 / (x * x);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series;
}
