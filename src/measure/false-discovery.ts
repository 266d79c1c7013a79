/** Which of many tests to believe. */

export interface DiscoveryOptions {
  /** Of all that is told, at most this share is chance, on average: 0.1. */
  readonly rate: number;
  /** Where nothing is there at all, anything is told of at most this share of logs; and nothing is told whose own p is above it: 0.05. */
  readonly level: number;
  /** Shares `level` for all tests together with so many families like this one; 1 where there is no other. */
  readonly families: number;
}

/** Tests with a larger p are taken to be of what is not there. */
const HALF = 0.5;

/**
 * The tests whose null hypothesis is rejected, as their indices, smallest p first. None at all where the tests taken together could be chance at `level` (Simes 1986). Otherwise those of the step-up of Benjamini & Hochberg
 * (1995) at `rate` over the share of tests of which nothing is there, estimated by how many p are above a half (Storey, Taylor & Siegmund 2004): where most of what was asked is there, 10 % of chance among
 * what is told allows for more than where nothing is. Of these none whose own p is above `level`.
 */
export function discoveries(
  pValues: readonly number[],
  { rate, level, families }: DiscoveryOptions,
): readonly number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a] - pValues[b] || a - b);
  const lastBelow = (allowed: number): number =>
    order.findLastIndex((test, at) => pValues[test] <= (allowed * (at + 1)) / order.length);
  if (lastBelow(level / families) < 0) return [];
  const large = pValues.filter((p) => p > HALF).length;
  const nothing = Math.min(1, (1 + large) / ((1 - HALF) * pValues.length));
  return order.slice(0, lastBelow(rate / nothing) + 1).filter((test) => pValues[test] <= level);
}
