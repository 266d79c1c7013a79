/** Figures with their intervals, made of values by seed and resample. */
import { mean } from '../metrics/mean.ts';
import { type CoveringInterval, crossedInterval, differenceBySeed, type SeededValues } from './crossed-interval.ts';
import type { Figure } from './diagnosis-report.ts';

export interface FigureLevel {
  readonly users: number;
  /** 0.95 where left out. */
  readonly level?: number;
}

/** A system's mean over seeds. */
export const figureOf = (value: SeededValues, { users, level = 0.95 }: FigureLevel): Figure =>
  around(mean(value.perSeed), crossedInterval(value, undefined, { users, level }));

/** One system less another of the same seeds, seed by seed. */
export const differenceOf = (value: SeededValues, minus: SeededValues, options: FigureLevel): Figure =>
  figureOf(differenceBySeed(value, minus), options);

const around = (estimate: number, interval: CoveringInterval | undefined): Figure => ({
  ...{ estimate, low: interval?.low ?? Number.NaN, high: interval?.high ?? Number.NaN },
});
