/** Legend: S samples of a request, T places. */

/** A sample's value minus the mean of the request's other samples: an unbiased baseline (Kool et al. 2019, "Buy 4 REINFORCE samples, get a baseline for free"). */
export function leaveOneOut(valuesS: ArrayLike<number>): Float64Array {
  const S = valuesS.length;
  let sum = 0;
  for (let s = 0; s < S; s++) sum += valuesS[s];
  return Float64Array.from(valuesS, (value) => value - (sum - value) / (S - 1));
}

/** Exact-K's reward of a slate with chance p of a click, 2p - 1, as it is: no baseline, no scale. From -1 (surely none) to 1 (Gong et al. 2019). */
export const signedChance = (chancesS: ArrayLike<number>): Float64Array =>
  Float64Array.from(chancesS, (p) => 2 * p - 1);

/** Divides all of them by their common root mean square, so that a step does not depend on the unit of value. All zero: they stay. */
export function scaleAdvantages(rows: readonly Float64Array[]): void {
  let squares = 0;
  let count = 0;
  for (const row of rows) {
    for (const advantage of row) squares += advantage * advantage;
    count += row.length;
  }
  const deviation = Math.sqrt(squares / Math.max(1, count));
  if (!(deviation > 0)) return;
  for (const row of rows) for (let i = 0; i < row.length; i++) row[i] /= deviation;
}
