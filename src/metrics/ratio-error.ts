/** How sure a ratio of two sums is, where what is known of one user counts as one draw. Legend: U users. */

/** The sums of the users behind a ratio: of what is counted, and of what it is counted on. */
interface RatioSums {
  readonly sumU: ArrayLike<number>;
  readonly countU: ArrayLike<number>;
}

/** Over users, the squared distance of each one's sum from what the ratio says of it. */
export function squaresAbout(ratio: number, { sumU, countU }: RatioSums): number {
  let squares = 0;
  for (let u = 0; u < sumU.length; u++) squares += (sumU[u] - ratio * countU[u]) ** 2;
  return squares;
}

/** Standard error of the ratio (Cochran 1977, section 6.5). Two users at least. */
export function ratioError(ratio: number, sums: RatioSums): number {
  const U = sums.sumU.length;
  let total = 0;
  for (let u = 0; u < U; u++) total += sums.countU[u];
  return Math.sqrt((squaresAbout(ratio, sums) * U) / (U - 1)) / total;
}
