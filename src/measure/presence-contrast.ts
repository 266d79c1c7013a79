/** What clicks have to do with the presence of something: showings with and without it, compared within strata. Legend: N showings, S strata, U users. */
import { numberUsers } from '../metrics/number-users.ts';
import type { Rng } from '../random/rng.ts';
import { drawUsers } from './bootstrap.ts';
import { tQuantile } from './student-t.ts';

/** Showings of the items whose clicks are asked about. */
export interface Showings {
  /** Clicks less the probability that a model gave without looking at the list. */
  readonly residualN: Float64Array;
  /** 1: what is asked about was there. */
  readonly presentN: Uint8Array;
  /** Showings are compared with those of the same stratum alone. Any integer. */
  readonly stratumN: Int32Array;
  /** Any integer: showings of one user are no independent ones. */
  readonly userN: Int32Array;
}

/** Showings of strata that have some with it and some without, stratum after stratum. */
export interface Contrast {
  /** Less the stratum's mean. */
  readonly centredN: Float64Array;
  readonly presentN: Uint8Array;
  /** Showings of stratum s: `[startS[s], startS[s + 1])`. */
  readonly startS: Int32Array;
  /** From 0, without gaps. */
  readonly userN: Int32Array;
  readonly users: number;
  /** Showings with it. */
  readonly present: number;
}

export function createContrast({ residualN, presentN, stratumN, userN }: Showings): Contrast {
  const strata = new Map<number, number[]>();
  for (const [n, stratum] of stratumN.entries()) {
    const found = strata.get(stratum);
    if (found) found.push(n);
    else strata.set(stratum, [n]);
  }
  const informative = [...strata.values()].filter((showings) =>
    showings.some((n) => presentN[n] !== presentN[showings[0]]),
  );
  const order = informative.flat();
  const startS = new Int32Array(informative.length + 1);
  for (const [s, showings] of informative.entries()) startS[s + 1] = startS[s] + showings.length;
  const { count: users, indexB } = numberUsers(Int32Array.from(order, (n) => userN[n]));
  return {
    centredN: centred(
      Float64Array.from(order, (n) => residualN[n]),
      startS,
    ),
    presentN: Uint8Array.from(order, (n) => presentN[n]),
    ...{ startS, userN: indexB, users },
    present: order.reduce((sum, n) => sum + presentN[n], 0),
  };
}

/** Less the mean of each stratum. */
function centred(valuesN: Float64Array, startS: Int32Array): Float64Array {
  const result = valuesN.slice();
  for (let s = 0; s + 1 < startS.length; s++) {
    const stratum = result.subarray(startS[s], startS[s + 1]);
    const mean = stratum.reduce((sum, value) => sum + value, 0) / stratum.length;
    for (let n = 0; n < stratum.length; n++) stratum[n] -= mean;
  }
  return result;
}

export interface PresenceEffect {
  /** Click probability with it, less that without. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The difference within strata, each weighted by what it can tell (least squares with an intercept per stratum), and an interval of this level: the deviation over a bootstrap of users (a user's showings
 * come and go together) times a quantile of Student's t with as many degrees of freedom as users who were shown it, less one: where these are few, the deviation itself is hardly known. NaN where no stratum has both sides.
 */
export function presenceEffect(
  contrast: Contrast,
  { level, resamples, rng }: { readonly level: number; readonly resamples: number; readonly rng: Rng },
): PresenceEffect {
  const { users } = contrast;
  const estimate = weightedEffect(contrast, new Int32Array(users).fill(1));
  let [count, sum, squares] = [0, 0, 0];
  for (let r = 0; r < resamples; r++) {
    const value = weightedEffect(contrast, drawUsers(rng, users)) - estimate;
    // No showing of one side was drawn.
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    squares += value * value;
  }
  const shownIt = new Set(contrast.userN.filter((_, n) => contrast.presentN[n] === 1)).size;
  if (shownIt < 2 || count < resamples / 2) return { estimate, low: Number.NaN, high: Number.NaN };
  const error = Math.sqrt((squares - (sum * sum) / count) / (count - 1));
  const half = tQuantile(level, shownIt - 1) * error;
  // No probability changes by more than 1.
  return { estimate, low: Math.max(-1, estimate - half), high: Math.min(1, estimate + half) };
}

function weightedEffect({ centredN, presentN, startS, userN }: Contrast, weightU: Int32Array): number {
  let [above, below] = [0, 0];
  for (let s = 0; s + 1 < startS.length; s++) {
    let [all, withIt, clicks, clicksWithIt] = [0, 0, 0, 0];
    for (let n = startS[s]; n < startS[s + 1]; n++) {
      const weight = weightU[userN[n]];
      all += weight;
      clicks += weight * centredN[n];
      if (presentN[n] === 0) continue;
      withIt += weight;
      clicksWithIt += weight * centredN[n];
    }
    if (all === 0) continue;
    above += clicksWithIt - (withIt * clicks) / all;
    below += withIt - (withIt * withIt) / all;
  }
  return below > 1e-9 ? above / below : Number.NaN;
}
