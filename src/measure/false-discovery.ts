/** Which of many tests to believe. */

export interface DiscoveryOptions {
  /** Of all that is told, at most this share is chance, on average: 0.1. */
  readonly rate: number;
  /** Where nothing is there at all, anything is told of at most this share of logs: 0.05. */
  readonly level: number;
}

/**
 * The tests whose null hypothesis is rejected, as their indices, smallest p first. None at all where the tests taken together could be chance at `level` (Simes 1986); otherwise those of the step-up of Benjamini
 * & Hochberg (1995) at `rate`. Both hold for independent tests, and for those that lean to the same side.
 */
export function discoveries(pValues: readonly number[], { rate, level }: DiscoveryOptions): readonly number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a] - pValues[b] || a - b);
  const lastBelow = (allowed: number): number =>
    order.findLastIndex((test, at) => pValues[test] <= (allowed * (at + 1)) / order.length);
  return lastBelow(level) < 0 ? [] : order.slice(0, lastBelow(rate) + 1);
}
