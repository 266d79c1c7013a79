/** What more data would give: a power law through the losses on growing parts of a log, with what users and seeds leave open. */

import { mean } from '../metrics/mean.ts';
import type { Rng } from '../random/rng.ts';
import { percentileInterval } from './bootstrap.ts';
import type { SeededValues } from './crossed-interval.ts';
import type { DataAnswer, Figure } from './diagnosis-report.ts';
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
 * The law through the means over seeds. Its interval: to the losses in each resample of users comes what the luck of seeds may add to each size's mean, drawn from Student's distribution with the
 * deviation of the seeds about their sizes' means, all sizes together: K (n - 1) degrees of freedom of K sizes and n seeds. Drawing the seeds themselves would be too sure: of three, two alike are
 * often drawn. A law is fitted to each resample; the percentiles are the interval.
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
  const freedom = points.length * (seeds - 1);
  const squares = points.reduce((sum, { loss: { perSeed } }) => {
    const centre = mean(perSeed);
    return sum + perSeed.reduce((own, value) => own + (value - centre) ** 2, 0);
  }, 0);
  const error = freedom === 0 ? 0 : Math.sqrt(squares / freedom / seeds);
  return Array.from(first.resampledNR[0], (_, r): readonly LossAt[] => {
    // One deviation of all sizes, so that their draws are a multivariate t.
    let chiSquare = 0;
    for (let degree = 0; degree < freedom; degree++) chiSquare += rng.normal() ** 2;
    const scale = freedom === 0 ? 0 : error / Math.sqrt(chiSquare / freedom);
    return points.map(({ count, loss }) => ({
      count,
      loss: mean(loss.resampledNR.map((row) => row[r])) + scale * rng.normal(),
    }));
  }).flatMap((each) => (each.every(({ loss }) => Number.isFinite(loss)) ? [fitPowerLaw(each)] : []));
}
