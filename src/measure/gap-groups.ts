/** Ways to put predictions into groups. Legend: N predictions. */
import { DEFAULT_CALIBRATION_BINS, equalMassBins } from '../metrics/calibration-error.ts';
import type { GapGroups } from './reliability-tables.ts';

/** All in one group. */
export const oneGroup = (by: string): GapGroups => ({ by, labels: [by], groupsOf: () => [0] });

/** Bins of equal mass by what was predicted, lowest first; each label is the range of its predictions. */
export function predictedGroups(
  by: string,
  predictedN: ArrayLike<number>,
  bins: number = DEFAULT_CALIBRATION_BINS,
): GapGroups {
  const binN = equalMassBins(predictedN, bins);
  const ranges = Array.from({ length: bins }, () => ({
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
  }));
  for (let n = 0; n < binN.length; n++) {
    const range = ranges[binN[n]];
    range.low = Math.min(range.low, predictedN[n]);
    range.high = Math.max(range.high, predictedN[n]);
  }
  const labels = ranges.map(({ low, high }) => `${short(low)} to ${short(high)}`);
  return { by, labels, groupsOf: (n) => [binN[n]] };
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** So many values have a group each; more are put into steps. */
const MOST_VALUES = 12;

/** Whole numbers: each by itself, or, where they are many, in steps that double: 0, 1, 2 to 3, 4 to 7. A negative one is in no group. */
export function countGroups(by: string, countN: ArrayLike<number>): GapGroups {
  const values = [...new Set(Array.from(countN))].filter((count) => count >= 0).sort((a, b) => a - b);
  const isFew = values.length <= MOST_VALUES;
  const groupOf = (count: number): number => (isFew ? values.indexOf(count) : Math.ceil(Math.log2(count + 1)));
  const steps = isFew ? values.length : groupOf(values.at(-1) ?? 0) + 1;
  const labels = Array.from({ length: steps }, (_, step) => (isFew ? String(values[step]) : stepLabel(step)));
  return { by, labels, groupsOf: (n) => (countN[n] < 0 ? [] : [groupOf(countN[n])]) };
}

const stepLabel = (step: number): string => (step < 2 ? String(step) : `${2 ** (step - 1)} to ${2 ** step - 1}`);

/** Numbers by quarters of the predictions, equal ones together; NaN is in none. */
export function quarterGroups(by: string, numberN: ArrayLike<number>): GapGroups {
  const sorted = Float64Array.from(numberN)
    .filter((number) => !Number.isNaN(number))
    .sort();
  const starts = [...new Set([0, 1, 2, 3].map((quarter) => sorted[Math.floor((quarter * sorted.length) / 4)]))];
  const labels = starts.map((start, at) =>
    at + 1 < starts.length ? `${start} to below ${starts[at + 1]}` : `${start} and more`,
  );
  const groupOf = (number: number): number => starts.findLastIndex((start) => start <= number);
  return { by, labels, groupsOf: (n) => (Number.isNaN(numberN[n]) ? [] : [groupOf(numberN[n])]) };
}

/** So many values of a field have a group each. */
const MOST_TEXTS = 20;

/** Values of a field, the most frequent first, the rarest together as the last group; several where a field has several. */
export function textGroups(by: string, textsN: readonly (readonly string[])[]): GapGroups {
  const counts = new Map<string, number>();
  for (const texts of textsN) for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([text]) => text);
  const kept = sorted.length > MOST_TEXTS ? sorted.slice(0, MOST_TEXTS - 1) : sorted;
  const others = sorted.length - kept.length;
  const placeOf = new Map(kept.map((text, at) => [text, at]));
  const groupsOf = (n: number): readonly number[] => [
    ...new Set(textsN[n].map((text) => placeOf.get(text) ?? kept.length)),
  ];
  return { by, labels: others > 0 ? [...kept, `${others} other values`] : kept, groupsOf };
}
