/**
 * What a generator would have earned, from a log whose policy drew its slates at random and noted the propensities: estimates of the expected clicks on the first K places.
 * Legend: L lists, K places.
 */

/** One logged list, and what the generator would have shown instead. */
export interface LoggedChoice {
  /** 1 where the item logged at that place was clicked. */
  readonly clicksK: ArrayLike<number>;
  /** 1 where the generator puts the same item at the same place; of one that draws, its probability of that, given those above it. */
  readonly agreesK: ArrayLike<number>;
  /** The logging policy's probability of the item at that place, given those above it. */
  readonly propensityK: ArrayLike<number>;
  /** Its probability of the item at that place whatever stands above; without it there is no estimate of that kind. */
  readonly placePropensityK?: ArrayLike<number>;
  /** What a model expects; without it there is no doubly robust estimate. */
  readonly expected?: ExpectedClicks;
}

/** Clicks from a place on downwards, as a model expects them where the generator fills what is below. */
export interface ExpectedClicks {
  /** Where the list is as logged down to the place and at it. */
  readonly withLoggedK: ArrayLike<number>;
  /** Where it is as logged above the place, and the generator fills the place too: the mean over what it puts there. */
  readonly fromAboveK: ArrayLike<number>;
  /** On the logged list as a whole. */
  readonly asLogged: number;
}

export const offPolicyNames = ['SIPS', 'IIPS', 'RIPS', 'SNSIPS', 'SNIIPS', 'SNRIPS', 'CDR', 'DR'] as const;
export type OffPolicyName = (typeof offPolicyNames)[number];
export type OffPolicyEstimates = Readonly<Record<OffPolicyName, number>>;

/**
 * Importance weights of each place:
 * - SIPS, the slate as a whole (standard IPS, Horvitz & Thompson 1952): prod_j 1[same]_j / p_j over all K, at every place;
 * - IIPS, places as if independent (Li et al. 2018, item-position model): 1[same]_k / P(item at k);
 * - RIPS, from the top, as if a click depended only on what stands above (McInerney et al. 2020): prod_{j <= k} 1[same]_j / p_j.
 *
 * The plain estimates are sum_k mean_l w_lk y_lk: unbiased under their assumption. The self-normalised ones (SN...) divide each place by its mean weight:
 * sum_k s_k sum_l w_lk y_lk / sum_l w_lk with s_k the share of lists that have that place; a little biased, with much less variance. NaN where no list has the weight (IIPS without place propensities; SN without a match).
 *
 * CDR, cascade doubly robust (Kiyohara et al. 2022): mean_l sum_k w_lk (y_lk - withLogged_lk) + w_l,k-1 fromAbove_lk with the weights of RIPS. What the model expects, corrected
 * where logged lists agree: with its assumption unbiased whatever the model says, and with less variance the better the model is. NaN where a list has no expectation.
 *
 * DR, doubly robust of the slate as a whole: mean_l fromAbove_l1 + w_l (sum_k y_lk - asLogged_l) with the weight of SIPS. It assumes as little as SIPS, so it is right where
 * an item changes what happens above it, as list scorers say it does.
 *
 * `countL` repeats lists, as a bootstrap resample does.
 */
export const offPolicyEstimates = (lists: readonly LoggedChoice[], countL?: ArrayLike<number>): OffPolicyEstimates => {
  const sums = offPolicySums(lists, { groupL: new Int32Array(lists.length), groups: 1, countL });
  const { logged: _, ...estimates } = estimatesOfSums(sums, Int32Array.of(1));
  return estimates;
};

/** All that estimates need of groups of lists, such as those of a user: they add up. */
export interface OffPolicySums {
  /** K: of the longest list. */
  readonly places: number;
  /** [groups, W]: of each place seven sums, in the order of `PLACE`; then those of `OF_LISTS`. */
  readonly columns: Float64Array;
}

/** Columns of a place: clicks by weight and weights, of the three kinds; lists that have it. */
export const PLACE = { S: 0, I: 2, R: 4, count: 6, width: 7 } as const;
/** Columns behind those of the places: lists; doubly robust values, from the top and of the slate as a whole; clicks as they were. */
export const OF_LISTS = { total: 0, cascade: 1, slate: 2, clicks: 3, width: 4 } as const;

/** How many columns a group has. */
export const widthOf = (places: number): number => PLACE.width * places + OF_LISTS.width;

/** Sums of each group; `countL` repeats lists. */
export function offPolicySums(
  lists: readonly LoggedChoice[],
  { groupL, groups, countL }: { groupL: ArrayLike<number>; groups: number; countL?: ArrayLike<number> | undefined },
): OffPolicySums {
  const K = lists.reduce((most, { clicksK }) => Math.max(most, clicksK.length), 0);
  const width = widthOf(K);
  const columns = new Float64Array(groups * width);
  for (let l = 0; l < lists.length; l++) {
    const count = countL ? countL[l] : 1;
    if (count > 0)
      addList(columns, { at: groupL[l] * width, last: groupL[l] * width + PLACE.width * K }, lists[l], count);
  }
  return { places: K, columns };
}

/** The estimates from all groups, each as often as it is drawn; `logged`: clicks a list, as it was. */
export function estimatesOfSums(
  { places: K, columns }: OffPolicySums,
  drawnG: ArrayLike<number>,
): OffPolicyEstimates & { readonly logged: number } {
  const width = widthOf(K);
  const sums = new Float64Array(width);
  for (let g = 0; g < drawnG.length; g++) {
    const drawn = drawnG[g];
    if (drawn > 0) for (let w = 0; w < width; w++) sums[w] += drawn * columns[g * width + w];
  }
  const total = sums[PLACE.width * K + OF_LISTS.total];
  const overPlaces = (value: (k: number) => number): number => {
    let sum = 0;
    for (let k = 0; k < K; k++) sum += value(PLACE.width * k);
    return sum;
  };
  const plain = (kind: number): number => overPlaces((at) => sums[at + kind]) / total;
  const selfNormalised = (kind: number): number =>
    overPlaces((at) => ((sums[at + PLACE.count] / total) * sums[at + kind]) / sums[at + kind + 1]);
  return {
    SIPS: plain(PLACE.S),
    IIPS: plain(PLACE.I),
    RIPS: plain(PLACE.R),
    SNSIPS: selfNormalised(PLACE.S),
    SNIIPS: selfNormalised(PLACE.I),
    SNRIPS: selfNormalised(PLACE.R),
    CDR: sums[PLACE.width * K + OF_LISTS.cascade] / total,
    DR: sums[PLACE.width * K + OF_LISTS.slate] / total,
    logged: sums[PLACE.width * K + OF_LISTS.clicks] / total,
  };
}

function addList(
  columns: Float64Array,
  { at, last }: { readonly at: number; readonly last: number },
  { clicksK, agreesK, propensityK, placePropensityK, expected }: LoggedChoice,
  count: number,
): void {
  const K = clicksK.length;
  const add = (column: number, click: number, weight: number): void => {
    columns[column] += count * weight * click;
    columns[column + 1] += count * weight;
  };
  let [above, cascade, clicks] = [1, 0, 0];
  for (let k = 0; k < K; k++) {
    const place = at + PLACE.width * k;
    if (expected) cascade += above * expected.fromAboveK[k];
    above *= agreesK[k] / propensityK[k];
    if (expected) cascade += above * (clicksK[k] - expected.withLoggedK[k]);
    clicks += clicksK[k];
    add(place + PLACE.R, clicksK[k], above);
    add(place + PLACE.I, clicksK[k], placePropensityK ? agreesK[k] / placePropensityK[k] : Number.NaN);
    columns[place + PLACE.count] += count;
  }
  for (let k = 0; k < K; k++) add(at + PLACE.width * k + PLACE.S, clicksK[k], above);
  const slate = expected ? expected.fromAboveK[0] + above * (clicks - expected.asLogged) : Number.NaN;
  columns[last + OF_LISTS.total] += count;
  columns[last + OF_LISTS.cascade] += count * (expected ? cascade : Number.NaN);
  columns[last + OF_LISTS.slate] += count * slate;
  columns[last + OF_LISTS.clicks] += count * clicks;
}
