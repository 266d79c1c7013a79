/** How evenly items and places are shown. Legend: I items, S slots. */

/** Gini coefficient of counts: 0 all alike, near 1 where one has all. G = sum of (2 i - I - 1) n_i / (I sum of n), n ascending, i from 1. */
export function gini(countI: ArrayLike<number>): number {
  const sorted = Float64Array.from(countI).sort();
  let [weighted, total] = [0, 0];
  for (let i = 0; i < sorted.length; i++) {
    weighted += (2 * (i + 1) - sorted.length - 1) * sorted[i];
    total += sorted[i];
  }
  return total === 0 ? Number.NaN : weighted / (sorted.length * total);
}

/** Share of the total that the tenth of the counts has that is largest; the tenth is rounded up. */
export function topTenth(countI: ArrayLike<number>): number {
  const sorted = Float64Array.from(countI).sort().reverse();
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return sum(sorted.subarray(0, Math.ceil(sorted.length / 10))) / sum(sorted);
}

/** Share of its size that a weighted sample is worth: (sum of w)^2 / (S sum of w^2) (Kish 1965). */
export function effectiveShare(weightS: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let slot = 0; slot < weightS.length; slot++) {
    sum += weightS[slot];
    squares += weightS[slot] ** 2;
  }
  return sum ** 2 / (weightS.length * squares);
}

/** No item weighs more than this many times the mean one: what was shown once says little. */
const MOST = 10;

/** What each showing weighs so that every item counts alike: one over its showings, those of rare items cut. Mean 1. */
export function evenWeights(itemS: Int32Array, items: number): Float64Array {
  const counts = new Int32Array(items);
  for (const item of itemS) counts[item]++;
  const shown = counts.reduce((sum, count) => sum + Number(count > 0), 0);
  const usual = itemS.length / Math.max(1, shown);
  return withMean1(Float64Array.from(itemS, (item) => 1 / Math.max(counts[item], usual / MOST)));
}

/** Showings of nobody known that a place is pulled towards: an item shown thrice says little of where it stands. */
const PRIOR = 3;

/** What each showing weighs so that every item stands in each band of the page as often as items do on the whole: P(band) / P(band | item). Mean 1. */
export function placeWeights(itemS: Int32Array, bandS: ArrayLike<number>, sizes: Sizes): Float64Array {
  const { items, bands } = sizes;
  const both = new Float64Array(items * bands);
  const ofItem = new Float64Array(items);
  const ofBand = new Float64Array(bands);
  for (let slot = 0; slot < itemS.length; slot++) {
    both[itemS[slot] * bands + bandS[slot]]++;
    ofItem[itemS[slot]]++;
    ofBand[bandS[slot]] += 1 / itemS.length;
  }
  return withMean1(
    Float64Array.from(itemS, (item, slot) => {
      const band = bandS[slot];
      const given = (both[item * bands + band] + PRIOR * ofBand[band]) / (ofItem[item] + PRIOR);
      return ofBand[band] / given;
    }),
  );
}

export interface Sizes {
  readonly items: number;
  readonly bands: number;
}

function withMean1(weightS: Float64Array): Float64Array {
  const mean = weightS.reduce((sum, weight) => sum + weight, 0) / weightS.length;
  return weightS.map((weight) => weight / mean);
}
