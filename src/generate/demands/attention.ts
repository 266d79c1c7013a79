/**
 * How much of a page's attention a place gets: 1 / log2(position + 2), the discount of DCG. Exposure of a group as the sum over its items: Singh & Joachims 2018,
 * "Fairness of exposure in rankings".
 *
 * In whole units of 2^-40, so that sums over places are exact in any order and the search for a slate agrees with the check of it.
 */
export function attentionUnitsK(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, position) => Math.round(UNITS / Math.log2(position + 2)));
}

/** The fewest units that count as this share of a page of `size` places; a share short by 1e-9 of the page still counts. */
export function unitsForShare(share: number, size: number): number {
  const page = attentionUnitsK(size).reduce((sum, units) => sum + units, 0);
  return Math.ceil(Math.max(0, share - 1e-9) * page);
}

const UNITS = 2 ** 40;
