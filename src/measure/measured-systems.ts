/** Legend: L lists (or requests), U users, R resamples. */
import { createRng } from '../random/rng.ts';
import { drawUsers, type Interval, percentileInterval } from './bootstrap.ts';

/** Something measured list by list, such as the clicked items among those a generator chose. */
export interface Measure {
  readonly id: string;
  readonly label: string;
  /** Decimals in print. */
  readonly digits: number;
  /** No difference to the baseline is made of it: it is no quality, or each system has it on lists of its own. */
  readonly alone?: boolean;
}

/** One way of making slates, measured on every list. */
export interface MeasuredSystem {
  readonly name: string;
  /** Per measure, one number a list; NaN where the measure does not apply to the list. */
  readonly valuesL: Readonly<Record<string, Float64Array>>;
}

export interface MeasuredRow {
  readonly name: string;
  readonly cells: Readonly<Record<string, MeasuredCell>>;
}

export interface MeasuredCell {
  /** Mean over the lists to which the measure applies; NaN where it applies to none. */
  readonly mean: number;
  readonly interval: Interval | null;
  /** Paired, to the baseline's row; null in that row itself, and of a measure that stands alone. */
  readonly difference: MeasuredDifference | null;
}

export interface MeasuredDifference extends Interval {
  readonly value: number;
  readonly excludesZero: boolean;
}

export interface MeasureOptions {
  readonly measures: readonly Measure[];
  /** User of each list, 0 to U - 1: lists of one user come and go together. */
  readonly userL: Int32Array;
  readonly baseline: string;
  readonly resamples: number;
  /** Of the intervals, such as 0.95; of differences, of all of a measure together. */
  readonly level: number;
  readonly seed: number;
}

/**
 * Means with percentile intervals by bootstrap over users (Efron 1979), and paired differences to the baseline: all systems see the same resamples. The intervals of the differences of all
 * systems hold together, each by itself with 1 - (1 - level) / systems (Bonferroni): the best may be picked. They cover the drawn users, with the models behind the systems as they are.
 */
export function measureSystems(systems: readonly MeasuredSystem[], options: MeasureOptions): readonly MeasuredRow[] {
  const { measures, userL, resamples, seed } = options;
  const baseline = systems.find(({ name }) => name === options.baseline);
  if (!baseline) throw new RangeError(`measureSystems: no system is called "${options.baseline}", the baseline`);
  const users = userL.reduce((most, user) => Math.max(most, user + 1), 0);
  const rng = createRng(seed).split('measured systems');
  const weightsRU = Array.from({ length: resamples }, () => drawUsers(rng, users));
  const ones = new Int32Array(users).fill(1);

  const told = (measure: Measure, system: MeasuredSystem): MeasuredCell => {
    const valueL = system.valuesL[measure.id];
    const baseL = baseline.valuesL[measure.id];
    const meanR = Float64Array.from(weightsRU, (weightU) => weightedMean(valueL, userL, weightU));
    const interval = percentileInterval(meanR, options.level) ?? null;
    const mean = weightedMean(valueL, userL, ones);
    if (system === baseline || measure.alone) return { mean, interval, difference: null };
    const gainL = valueL.map((value, list) => value - baseL[list]);
    const gainR = Float64Array.from(weightsRU, (weightU) => weightedMean(gainL, userL, weightU));
    const around = percentileInterval(gainR, 1 - (1 - options.level) / (systems.length - 1));
    if (!around) return { mean, interval, difference: null };
    const excludesZero = around.low > 0 || around.high < 0;
    return { mean, interval, difference: { value: weightedMean(gainL, userL, ones), ...around, excludesZero } };
  };
  return systems.map((system) => ({
    name: system.name,
    cells: Object.fromEntries(measures.map((measure) => [measure.id, told(measure, system)])),
  }));
}

function weightedMean(valueL: Float64Array, userL: Int32Array, weightU: Int32Array): number {
  let sum = 0;
  let count = 0;
  for (let list = 0; list < valueL.length; list++) {
    const weight = weightU[userL[list]];
    if (weight === 0 || Number.isNaN(valueL[list])) continue;
    sum += weight * valueL[list];
    count += weight;
  }
  return count === 0 ? Number.NaN : sum / count;
}
