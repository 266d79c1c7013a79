import { expect, it } from 'vitest';
import { fitKnots } from './knots.ts';

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const knotsOf = (values: readonly number[], pieces: number): readonly number[] =>
  fitKnots(Float32Array.from(values), { columns: 1, rows: upTo(values.length), pieces })[0];

it('has ends at the smallest value, the quantiles and the largest, whatever the order of rows', () => {
  const values = [7, 0, 3, 8, 1, 5, 2, 6, 4];
  expect(knotsOf(values, 4)).toEqual([0, 2, 4, 6, 8]);
  expect(knotsOf(values.toReversed(), 4)).toEqual([0, 2, 4, 6, 8]);
});

it('fits every column by itself, on the named rows alone', () => {
  const values = Float32Array.from([0, 10, 1, 30, 99, 99, 2, 50]);
  expect(fitKnots(values, { columns: 2, rows: [0, 1, 3], pieces: 2 })).toEqual([
    [0, 1, 2],
    [10, 30, 50],
  ]);
});

it('gives one end to a smallest value that fills a piece, and the others to the rest', () => {
  expect(knotsOf([0, 0, 0, 0, 0, 0, 1, 2, 3], 3)).toEqual([0, 1, 2, 3]);
});

it('repeats the last end where values repeat; a column that never varies has none but one', () => {
  expect(knotsOf([0, 1, 1, 1, 1, 1], 4)).toEqual([0, 1, 1, 1, 1]);
  expect(knotsOf([3, 3, 3], 2)).toEqual([3, 3, 3]);
  expect(knotsOf([], 2)).toEqual([0, 0, 0]);
  expect(knotsOf([5], 2)).toEqual([5, 5, 5]);
});
