/** A figure of each seed's training, and its difference to the baseline's. Legend: N seeds. */

import { tQuantile } from '../../src/measure/student-t.ts';
import { mean } from '../../src/metrics/mean.ts';

export interface OverSeeds {
  readonly perSeed: readonly number[];
  readonly mean: number;
  /** Seed by seed, with Student's interval of 95 % over the seeds: what another validation part would say is not in it. */
  readonly difference: { readonly mean: number; readonly low: number; readonly high: number };
}

export function overSeeds(perSeed: readonly number[], baselineN: readonly number[]): OverSeeds {
  const differenceN = perSeed.map((value, n) => value - baselineN[n]);
  const center = mean(differenceN);
  const variance = differenceN.reduce((sum, one) => sum + (one - center) ** 2, 0) / (differenceN.length - 1);
  const half = tQuantile(0.95, differenceN.length - 1) * Math.sqrt(variance / differenceN.length);
  return { perSeed, mean: mean(perSeed), difference: { mean: center, low: center - half, high: center + half } };
}
