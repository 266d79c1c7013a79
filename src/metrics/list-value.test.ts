import { expect, it } from 'vitest';
import { listValueMetrics, listValues } from './list-value.ts';
import { partStatistics, valuesOfPart } from './part-statistics.ts';

/** Lists of two, one, no and one items; the last has no price. */
const values = { field: 'price', offsetsB: [0, 2, 3, 3, 4], valueS: Float64Array.of(100, 50, 10, Number.NaN) };
const part = { probabilityS: Float64Array.of(0.5, 0.2, 0.9, 0.3), labelS: Uint8Array.of(0, 1, 1, 1) };

it('adds up probability times number, leaving out lists without', () => {
  expect(listValues(part, values)).toEqual({ expectedB: [60, 9], foundB: [50, 10] });
});

it('tells the error of the mean, and the calibration in bins', () => {
  const scored = {
    offsetsB: values.offsetsB,
    labelS: part.labelS,
    userB: Int32Array.of(0, 1, 0, 1),
    users: 2,
    scale: 'probability' as const,
    valueS: part.probabilityS,
    threshold: Number.NaN,
  };
  const told = valuesOfPart(partStatistics(listValueMetrics(values), scored));
  expect(told.meanValueError).toBeCloseTo((10 - 1) / 2, 12);
  expect(told.valueError).toBeCloseTo((10 + 1) / 2, 12);
  const none = listValueMetrics({ ...values, valueS: new Float64Array(4).fill(Number.NaN) });
  expect(valuesOfPart(partStatistics(none, scored))).toEqual({ meanValueError: Number.NaN, valueError: Number.NaN });
});
