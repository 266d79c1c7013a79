/** What more data would give: a power law through the losses on growing parts of a log, with what users and seeds leave open. */
import type { Rng } from '../random/rng.ts';
import { percentileInterval } from './bootstrap.ts';
import type { SeededValues } from './crossed-interval.ts';
import type { DataAnswer, Figure } from './diagnosis-report.ts';
import { mean } from './figures.ts';
import { fitPowerLaw, type LossAt, lossAt, type PowerLaw } from './power-law.ts';

export interface SizedLoss {
  /** Lists learned from. */
  readonly count: number;
  /** The same seeds and resamples for every size. */
  readonly loss: SeededValues;
}

export interface MoreDataOptions {
  /** Lists that the log has: factors multiply them. */
  readonly count: number;
  readonly factors: readonly number[];
  readonly rng: Rng;
}

/**
 * The law through the means over seeds. Its interval: in each resample of users the seeds are drawn too, with replacement, the same for all sizes, since a seed's parts are nested; what they
 * add is stretched by the root of n / (n - 1), which a draw of n from n lacks. A law is fitted to each resample; the percentiles are the interval.
 */
export function moreData(points: readonly SizedLoss[], options: MoreDataOptions): Pick<DataAnswer, 'law' | 'gains'> {
  const { count, factors, rng } = options;
  const law = fitPowerLaw(points.map((point) => ({ count: point.count, loss: mean(point.loss.perSeed) })));
  const laws = resampledLaws(points, rng);
  const figure = (of: (law: PowerLaw) => number): Figure => {
    const interval = percentileInterval(Float64Array.from(laws, of), 0.95);
    return { estimate: of(law), low: interval?.low ?? Number.NaN, high: interval?.high ?? Number.NaN };
  };
  return {
    law: { floor: law.floor, scale: law.scale, exponent: figure(({ exponent }) => exponent) },
    gains: factors.map((factor) => ({
      factor,
      ...figure((each) => lossAt(each, count) - lossAt(each, factor * count)),
    })),
  };
}

function resampledLaws(points: readonly SizedLoss[], rng: Rng): readonly PowerLaw[] {
  const [{ loss: first }] = points;
  const seeds = first.perSeed.length;
  const stretch = seeds > 1 ? Math.sqrt(seeds / (seeds - 1)) : 0;
  return Array.from(first.resampledNR[0], (_, r): readonly LossAt[] => {
    const drawn = Array.from({ length: seeds }, () => rng.integer(seeds));
    return points.map(({ count, loss }) => {
      const bySeed = loss.resampledNR.map((row) => row[r]);
      const centre = mean(bySeed);
      return { count, loss: centre + stretch * (mean(drawn.map((seed) => bySeed[seed])) - centre) };
    });
  }).flatMap((each) => (each.every(({ loss }) => Number.isFinite(loss)) ? [fitPowerLaw(each)] : []));
}
