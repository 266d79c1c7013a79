/** Legend: S slots, U users. */

import { wrongAnswer } from '../slate/own-function.ts';
import { type ClickSteps, type CountingRoom, clickSteps, countingRoom, countWeighted } from './click-steps.ts';
import type { Confusion } from './confusion.ts';
import { confusionOfSums, decisionsOfUsers } from './decisions.ts';
import { listFigures } from './list-figures.ts';
import { type FormOf, functionOf, type Metric, type PartItems } from './metric.ts';
import { probabilitiesOf, type ScoredPart, usersOfSlots } from './scored-part.ts';
import { sortLabels } from './sorted-labels.ts';
import { called, type MeanMetric, meanAt, type UserSums, userSums } from './user-sums.ts';
import { type UserTable, weightedSums } from './user-table.ts';

/** All that the metrics of any resample of users need of one part: sums of each user for most, steps of the sorted labels for areas. */
export interface PartStatistics {
  readonly users: number;
  /** By name, of metrics that follow a resample. */
  readonly resampled: Readonly<Record<string, (resample: Resample) => number | undefined>>;
  /** By name, of metrics that follow none: the value of the part as it is. */
  readonly whole: Readonly<Record<string, number>>;
  readonly sums: UserTable;
  readonly decisions: UserTable;
  readonly steps: ClickSteps;
  /** The user of each entry of `steps.slotS`. */
  readonly stepUserS: Int32Array;
  /** Room for the counts of a resample, written anew by each. */
  readonly counts: CountingRoom;
}

/** The part in which each user stands `weightU[user]` times. */
interface Resample {
  readonly weightU: Int32Array;
  /** Weighted sums of the columns of `sums`. */
  readonly sumC: Float64Array;
  readonly confusion: Confusion;
  readonly counts: CountingRoom;
}

export function partStatistics(metrics: readonly Metric[], part: ScoredPart): PartStatistics {
  const userS = usersOfSlots(part);
  const items: PartItems = { probabilityS: probabilitiesOf(part), labelS: part.labelS };
  const whole = { ...items, lists: listFigures(part, items.probabilityS) };
  const sums = userSums(metrics, part, items.probabilityS);
  const follow = (metric: Exclude<Metric, FormOf<'ofPart'>>): PartStatistics['resampled'][string] => {
    if ('ofConfusion' in metric) return ({ confusion }) => metric.ofConfusion(confusion);
    if ('ofSteps' in metric) return ({ counts }) => metric.ofSteps(counts);
    if ('ofWeighted' in metric)
      return ({ weightU }) => metric.ofWeighted({ ...items, weightS: userS.map((user) => weightU[user]) });
    const column = columnOf(metric, sums);
    return ({ sumC }) => meanAt(sumC, column);
  };
  const steps = clickSteps(sortLabels(part.valueS, part.labelS));
  return {
    users: part.users,
    resampled: Object.fromEntries(
      metrics.flatMap((metric) => ('ofPart' in metric ? [] : [[metric.name, checked(metric, follow(metric))]])),
    ),
    whole: Object.fromEntries(
      metrics.flatMap((metric) =>
        'ofPart' in metric ? [[metric.name, checked(metric, metric.ofPart)(whole) ?? Number.NaN]] : [],
      ),
    ),
    sums: sums.table,
    decisions: decisionsOfUsers(part),
    steps,
    stepUserS: Int32Array.from(steps.slotS, (slot) => userS[slot]),
    counts: countingRoom(steps),
  };
}

/** Every metric that follows a resample, in the part in which each user stands `weightU[user]` times. NaN where one is undefined. */
export function weightedValues(statistics: PartStatistics, weightU: Int32Array): Record<string, number> {
  const { steps, stepUserS, counts, sums, decisions, resampled } = statistics;
  countWeighted(steps, { unitS: stepUserS, weightU }, counts);
  const resample = {
    ...{ weightU, counts, sumC: weightedSums(sums, weightU) },
    confusion: confusionOfSums(weightedSums(decisions, weightU)),
  };
  return Object.fromEntries(Object.entries(resampled).map(([name, value]) => [name, value(resample) ?? Number.NaN]));
}

/** Of the part itself: every user counts once. */
export const valuesOfPart = (statistics: PartStatistics): Record<string, number> => ({
  ...weightedValues(statistics, new Int32Array(statistics.users).fill(1)),
  ...statistics.whole,
});

/** What sums of rounded numbers may lie beyond the end of a range. */
const ROUNDING = 1e-6;

/** The same function, judged: its value lies in the range of the metric. */
const checked =
  <T>(metric: Metric, value: (given: T) => number | undefined) =>
  (given: T): number | undefined => {
    const found = called(metric, value, given);
    const [lowest, highest] = metric.range;
    if (found === undefined || (found >= lowest - ROUNDING && found <= highest + ROUNDING)) return found;
    throw wrongAnswer(functionOf(metric), `values that make one in the range from ${lowest} to ${highest}`, found);
  };

function columnOf({ name }: MeanMetric, sums: UserSums): number {
  const column = sums.columnOf.get(name);
  if (column === undefined) throw new Error(`partStatistics: the metric ${name} has no sums`);
  return column;
}
