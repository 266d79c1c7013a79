/** The chi-square distribution, as far as a test needs it. */

/**
 * P(X > x) of chi-square with a whole number of degrees of freedom: Q(k / 2, x / 2), the incomplete gamma function, by Q(a + 1, z) = Q(a, z) + z^a e^-z / Gamma(a + 1) (DLMF 8.8.6) from Q(1, z) = e^-z, or
 * from Q(1/2, z) = erfc(sqrt(z)).
 */
export function chiSquareAbove(x: number, degrees: number): number {
  if (!(x > 0)) return 1;
  const z = x / 2;
  const isEven = degrees % 2 === 0;
  let a = isEven ? 1 : 1 / 2;
  let above = isEven ? Math.exp(-z) : erfcOfRoot(z);
  // z^a e^-z / Gamma(a + 1)
  let term = isEven ? z * Math.exp(-z) : 2 * Math.sqrt(z / Math.PI) * Math.exp(-z);
  for (; a < degrees / 2; a++) {
    above += term;
    term *= z / (a + 1);
  }
  return Math.min(1, above);
}

/** erfc(sqrt(z)): a series (DLMF 7.6.2) where it is large, else the continued fraction of Q(1/2, z) (DLMF 8.9.2) by the method of Lentz. */
function erfcOfRoot(z: number): number {
  const front = Math.sqrt(z / Math.PI) * Math.exp(-z);
  if (z < 1.5) {
    let term = 2;
    let total = term;
    for (let n = 1; term > 1e-17 * total; n++) {
      term *= z / (n + 1 / 2);
      total += term;
    }
    return 1 - front * total;
  }
  let b = z + 1 / 2;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 1000; n++) {
    const a = -n * (n - 1 / 2);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return front * value;
}
