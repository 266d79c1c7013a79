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
}

export const offPolicyNames = ['SIPS', 'IIPS', 'RIPS', 'SNSIPS', 'SNIIPS', 'SNRIPS', 'CDR'] as const;
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
 * `countL` repeats lists, as a bootstrap resample does.
 */
export function offPolicyEstimates(lists: readonly LoggedChoice[], countL?: ArrayLike<number>): OffPolicyEstimates {
  const K = lists.reduce((most, { clicksK }) => Math.max(most, clicksK.length), 0);
  const sums = { S: placeSums(K), I: placeSums(K), R: placeSums(K) };
  let total = 0;
  let robust = 0;
  for (let l = 0; l < lists.length; l++) {
    const count = countL ? countL[l] : 1;
    if (count === 0) continue;
    total += count;
    addList(sums, lists[l], count);
    robust += count * robustValue(lists[l]);
  }
  const plain = ({ rewardK }: PlaceSums): number => rewardK.reduce((sum, reward) => sum + reward, 0) / total;
  const selfNormalised = ({ rewardK, weightK, countK }: PlaceSums): number =>
    rewardK.reduce((sum, reward, k) => sum + ((countK[k] / total) * reward) / weightK[k], 0);
  return {
    SIPS: plain(sums.S),
    IIPS: plain(sums.I),
    RIPS: plain(sums.R),
    SNSIPS: selfNormalised(sums.S),
    SNIIPS: selfNormalised(sums.I),
    SNRIPS: selfNormalised(sums.R),
    CDR: robust / total,
  };
}

function robustValue({ clicksK, agreesK, propensityK, expected }: LoggedChoice): number {
  if (!expected) return Number.NaN;
  let [above, value] = [1, 0];
  for (let k = 0; k < clicksK.length; k++) {
    value += above * expected.fromAboveK[k];
    above *= agreesK[k] / propensityK[k];
    value += above * (clicksK[k] - expected.withLoggedK[k]);
  }
  return value;
}

interface PlaceSums {
  readonly rewardK: Float64Array;
  readonly weightK: Float64Array;
  /** Lists that have the place. */
  readonly countK: Float64Array;
}

const placeSums = (K: number): PlaceSums => ({
  rewardK: new Float64Array(K),
  weightK: new Float64Array(K),
  countK: new Float64Array(K),
});

function addList(
  sums: Readonly<Record<'S' | 'I' | 'R', PlaceSums>>,
  { clicksK, agreesK, propensityK, placePropensityK }: LoggedChoice,
  count: number,
): void {
  const K = clicksK.length;
  const add = ({ rewardK, weightK, countK }: PlaceSums, k: number, weight: number): void => {
    countK[k] += count;
    weightK[k] += count * weight;
    rewardK[k] += count * weight * clicksK[k];
  };
  let above = 1;
  for (let k = 0; k < K; k++) {
    above *= agreesK[k] / propensityK[k];
    add(sums.R, k, above);
    add(sums.I, k, placePropensityK ? agreesK[k] / placePropensityK[k] : Number.NaN);
  }
  for (let k = 0; k < K; k++) add(sums.S, k, above);
}
