/** What the clicks on a list are worth. Legend: B lists, S slots. */
import { expectedCalibrationError } from './calibration-error.ts';
import { meanError } from './mean-clicks-error.ts';
import { type Metric, type MetricWords, orNothing, type PartItems } from './metric.ts';

/** A number of each shown item, such as its price. */
export interface ItemValues {
  /** Of the field, as the tables name it. */
  readonly field: string;
  /** Slots of list b are `[offsetsB[b], offsetsB[b + 1])`. */
  readonly offsetsB: ArrayLike<number>;
  /** NaN where an item has no number. */
  readonly valueS: Float64Array;
}

/** Each list's expected value, the sum of each probability times the item's number, and that of its clicks. Lists of which an item has no number are left out. */
export function listValues(
  { probabilityS, labelS }: PartItems,
  { offsetsB, valueS }: Pick<ItemValues, 'offsetsB' | 'valueS'>,
): { readonly expectedB: readonly number[]; readonly foundB: readonly number[] } {
  const expectedB: number[] = [];
  const foundB: number[] = [];
  for (let b = 0; b + 1 < offsetsB.length; b++) {
    let [expected, found] = [0, 0];
    for (let slot = offsetsB[b]; slot < offsetsB[b + 1]; slot++) {
      expected += probabilityS[slot] * valueS[slot];
      found += labelS[slot] * valueS[slot];
    }
    if (Number.isNaN(expected) || offsetsB[b + 1] === offsetsB[b]) continue;
    expectedB.push(expected);
    foundB.push(found);
  }
  return { expectedB, foundB };
}

/** Metrics of one field of one part: they hold its numbers, and are no good for another part. */
export function listValueMetrics(values: ItemValues): readonly Metric[] {
  const { field } = values;
  const words = {
    kind: 'metric',
    group: 'lists',
    higherIsBetter: false,
    range: [0, Infinity],
    toldIn: [],
  } as const satisfies Partial<Metric> & Partial<MetricWords>;
  return [
    {
      ...words,
      name: 'meanValueError',
      title: `error of the mean ${field}`,
      head: `mean ${field} error`,
      meaning: `size of the mean over lists of expected less found ${field} of the clicks (no interval)`,
      ofPart: (part) => {
        const { expectedB, foundB } = listValues(part, values);
        return orNothing(meanError(expectedB, foundB));
      },
    },
    {
      ...words,
      name: 'valueError',
      title: `error of the ${field} of clicks`,
      head: `${field} error`,
      meaning: `expected less found ${field} of the clicks a list, its size in each of 15 bins of equal mass (no interval: resampling biases it)`,
      ofPart: (part) => {
        const { expectedB, foundB } = listValues(part, values);
        return orNothing(expectedCalibrationError(expectedB, foundB));
      },
    },
  ];
}
