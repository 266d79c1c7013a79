/** Whether clicks have to do with the presence of something: a permutation test. Legend: N showings, S strata, U users. */
import type { Rng } from '../random/rng.ts';
import type { Contrast } from './presence-contrast.ts';
import { normalShare } from './student-t.ts';

export interface PresenceTestOptions {
  /** 1: it lifts, -1: it costs; 0: it does either. */
  readonly direction: -1 | 0 | 1;
  readonly permutations: number;
  readonly rng: Rng;
}

/** So many permutations at least as extreme end a test: its p is known well enough. */
const ENOUGH = 20;

/** With so many showings on both sides the distribution of the statistic is normal in every digit that matters, and permutations would take minutes. */
const NORMAL_FROM = 5000;

/**
 * The p of a permutation test: presence changes hands within strata. The statistic is studentised by users: the sum of presence times residual over the root of the sum, over users, of its squared share. So the test
 * is exact where showings of a stratum are alike, and right for many users where those of one user hang together (Janssen 1997; DiCiccio & Romano 2017); the raw sum would count them as independent. It
 * ends early where the answer is clear (Besag & Clifford 1991), which keeps p valid. With `NORMAL_FROM` showings on both sides p is the tail of the normal distribution that permutations lead to. 1 where no stratum
 * has both sides.
 */
export function presenceTest(contrast: Contrast, { direction, permutations, rng }: PresenceTestOptions): number {
  const { present, centredN } = contrast;
  if (present === 0) return 1;
  const shuffler = createShuffler(contrast);
  const extremeness = (t: number): number => (direction === 0 ? Math.abs(t) : direction * t);
  const found = extremeness(shuffler.observed());
  if (Math.min(present, centredN.length - present) >= NORMAL_FROM)
    return (direction === 0 ? 2 : 1) * normalShare(-found);
  let beyond = 0;
  for (let drawn = 1; drawn <= permutations; drawn++) {
    // Equal sums in another order differ in their last digits.
    if (extremeness(shuffler.drawn(rng)) < found - 1e-9) continue;
    if (++beyond === ENOUGH) return beyond / drawn;
  }
  return (beyond + 1) / (permutations + 1);
}

interface Shuffler {
  /** The statistic as it is. */
  observed(): number;
  /** The same with presence handed out anew within strata. */
  drawn(rng: Rng): number;
}

/**
 * A user's share of the sum is that of its showings with presence, less what the shares of presence of their strata lead to expect, which no permutation changes: one costs what the showings with presence cost, or
 * those without where these are fewer, with the sign turned.
 */
function createShuffler({ centredN, presentN, startS, userN, users, present }: Contrast): Shuffler {
  const rare = 2 * present <= centredN.length ? 1 : 0;
  const sign = rare === 1 ? 1 : -1;
  const strata = startS.length - 1;
  const rareS = new Int32Array(strata);
  const expectedU = new Float64Array(users);
  // Within each stratum those on the rare side come first.
  const orderN = new Int32Array(centredN.length);
  for (let s = 0; s < strata; s++) {
    let [first, last] = [startS[s], startS[s + 1]];
    for (let n = startS[s]; n < startS[s + 1]; n++) orderN[presentN[n] === rare ? first++ : --last] = n;
    rareS[s] = first - startS[s];
    const share = rareS[s] / (startS[s + 1] - startS[s]);
    for (let n = startS[s]; n < startS[s + 1]; n++) expectedU[userN[n]] += share * centredN[n];
  }
  const expectedSquares = expectedU.reduce((sum, expected) => sum + expected * expected, 0);
  const scoreU = new Float64Array(users);

  function statistic(): number {
    let [sum, squares] = [0, expectedSquares];
    for (let s = 0; s < strata; s++)
      for (let at = startS[s]; at < startS[s] + rareS[s]; at++) {
        const n = orderN[at];
        const user = userN[n];
        const before = scoreU[user] - expectedU[user];
        scoreU[user] += centredN[n];
        const after = scoreU[user] - expectedU[user];
        squares += after * after - before * before;
        sum += centredN[n];
      }
    for (let s = 0; s < strata; s++)
      for (let at = startS[s]; at < startS[s] + rareS[s]; at++) scoreU[userN[orderN[at]]] = 0;
    return squares > 1e-12 ? (sign * sum) / Math.sqrt(squares) : 0;
  }

  /** The first steps of Fisher and Yates in each stratum: whatever its order was, any of its showings are as likely to come first. */
  function shuffle(rng: Rng): void {
    for (let s = 0; s < strata; s++)
      for (let at = startS[s]; at < startS[s] + rareS[s]; at++) {
        const pick = at + rng.integer(startS[s + 1] - at);
        const held = orderN[at];
        orderN[at] = orderN[pick];
        orderN[pick] = held;
      }
  }

  return {
    observed: statistic,
    drawn(rng) {
      shuffle(rng);
      return statistic();
    },
  };
}
