import { describe, expect, it } from 'vitest';
import { gradients } from '../../src/graph/gradients.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { compute, evaluate, type Flat, fed, largestDifference, normals, read, tabulate } from '../graph-check.ts';
import { given, testOperator } from './operator-case.ts';

const dims = [3, 4, 5];
const x = normals('reductions', dims);
const inputs = { x: given(['B', 'K', 5], x) };
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const row = (b: number, k: number): number[] => range(5).map((d) => read(x, b, k, d));
const column = (b: number, d: number): number[] => range(4).map((k) => read(x, b, k, d));

/** The shifted definition: independent of ONNX Runtime's kernels. */
const softmaxAt = (values: readonly number[], at: number): number => {
  const top = Math.max(...values);
  return Math.exp(values[at] - top) / total(values.map((value) => Math.exp(value - top)));
};
function standardisedAt(values: readonly number[], at: number, epsilon: number): number {
  const mean = total(values) / values.length;
  const variance = total(values.map((value) => (value - mean) ** 2)) / values.length;
  return (values[at] - mean) / Math.sqrt(variance + epsilon);
}

describe('operators that see a whole axis', () => {
  testOperator({
    operator: 'sum',
    on: 'the middle axis',
    inputs,
    build: ({ x }) => x.sum(1),
    expected: tabulate([3, 5], (b, d) => total(column(b, d))),
  });
  testOperator({
    operator: 'sum',
    on: 'two axes, in any order, kept',
    inputs,
    build: ({ x }) => x.sum([-1, 0], { keep: true }),
    expected: tabulate([1, 4, 1], (_, k) => total(range(3).flatMap((b) => row(b, k)))),
  });
  testOperator({
    operator: 'sum',
    on: 'all axes',
    inputs,
    build: ({ x }) => x.total(),
    expected: total(x.values),
  });
  testOperator({ operator: 'sum', on: 'no axis', inputs, build: ({ x }) => x.sum([]), expected: x });
  testOperator({
    operator: 'mean',
    on: 'the last axis',
    inputs,
    build: ({ x }) => x.mean(),
    expected: tabulate([3, 4, 1], (b, k) => total(row(b, k)) / 5),
  });
  testOperator({
    operator: 'max',
    on: 'the last axis',
    inputs,
    build: ({ x }) => x.max(-1),
    expected: tabulate([3, 4], (b, k) => Math.max(...row(b, k))),
  });
  testOperator({
    operator: 'max',
    on: 'the middle axis, kept',
    inputs,
    build: ({ x }) => x.max(1, { keep: true }),
    expected: tabulate([3, 1, 5], (b, _, d) => Math.max(...column(b, d))),
  });
  testOperator({
    operator: 'rowSums',
    on: 'a known extent',
    inputs,
    build: ({ x }) => x.rowSums(),
    expected: tabulate(dims, (b, k) => total(row(b, k))),
  });
  testOperator({
    operator: 'rowSums',
    on: 'a named extent',
    inputs: { x: given(['B', 'K', 'D'], x) },
    build: ({ x }) => x.rowSums(),
    expected: tabulate(dims, (b, k) => total(row(b, k))),
  });
  const slates = normals('column sums', [7, 3]);
  for (const [on, shape] of Object.entries({ 'named rows': ['R', 3], 'named columns': ['R', 'N'] })) {
    testOperator({
      operator: 'columnSums',
      on,
      inputs: { x: given(shape, slates) },
      build: ({ x }) => x.columnSums(),
      expected: tabulate([3], (n) => total(range(7).map((r) => read(slates, r, n)))),
    });
  }
  const scale = normals('scale of rows', [7, 1]);
  testOperator({
    operator: 'scaleRows',
    on: 'a column of its own',
    inputs: { x: given(['R', 3], slates), scale: given(['R', 1], scale) },
    build: ({ x, scale }) => x.scaleRows(scale as Tensor),
    expected: tabulate([7, 3], (r, n) => read(slates, r, n) * read(scale, r, 0)),
  });
  for (const axis of [1, -1]) {
    const along = (b: number, k: number, d: number): [number[], number] =>
      axis === 1 ? [column(b, d), k] : [row(b, k), d];
    testOperator({
      operator: 'softmax',
      on: `axis ${axis}`,
      inputs,
      build: ({ x }) => x.softmax(axis),
      expected: tabulate(dims, (b, k, d) => softmaxAt(...along(b, k, d))),
    });
    testOperator({
      operator: 'logSoftmax',
      on: `axis ${axis}`,
      inputs,
      build: ({ x }) => x.logSoftmax(axis),
      expected: tabulate(dims, (b, k, d) => Math.log(softmaxAt(...along(b, k, d)))),
    });
  }
  testOperator({
    operator: 'logSumExp',
    on: 'the last axis',
    inputs,
    build: ({ x }) => x.logSumExp(-1),
    expected: tabulate([dims[0], dims[1], 1], (b, k) =>
      Math.log(row(b, k).reduce((sum, value) => sum + Math.exp(value), 0)),
    ),
  });
  for (const epsilon of [1e-5, 0.5]) {
    testOperator({
      operator: 'standardise',
      on: `epsilon ${epsilon}`,
      inputs,
      build: ({ x }) => x.standardise({ epsilon }),
      expected: tabulate(dims, (b, k, d) => standardisedAt(row(b, k), d, epsilon)),
    });
  }
});

const extremes = [
  [1e4, -1e4, 0],
  [1e4, 1e4, 1e4],
  [-1e4, -1e4, -1e4],
  [0, 0, 0],
];

describe('operators that see a whole axis, at extreme values', () => {
  const x = fed('x', ['B', 3]);
  const weights = tabulate([4, 3], (b, k) => b + 2 * k - 1);
  const slopeOf = (value: Tensor): Tensor => gradients(value.mul(fed('weights', ['B', 3])).total(), [x])[0] as Tensor;

  it('softmax and its slope', async () => {
    const found = await evaluate({ value: x.softmax(1), slope: slopeOf(x.softmax(1)) }, { x: extremes, weights });
    const third = 1 / 3;
    expect(largestDifference(found.value.values, [1, 0, 0, ...range(9).map(() => third)])).toBeLessThan(1e-6);
    // y (g - sum g y): a sure choice has none, an even one the weight over the mean weight.
    expect(
      largestDifference(found.slope.values, [0, 0, 0, ...range(9).map((i) => third * (2 * (i % 3) - 2))]),
    ).toBeLessThan(1e-6);
  });

  it('logSoftmax and its slope', async () => {
    const found = await evaluate({ value: x.logSoftmax(1), slope: slopeOf(x.logSoftmax(1)) }, { x: extremes, weights });
    const values = [0, -2e4, -1e4, ...range(9).map(() => -Math.log(3))];
    expect(largestDifference(found.value.values, values)).toBeLessThan(1e-6);
    // g - p sum g.
    const slopes = [-1 - 3, 1, 3, ...range(9).map((i) => 2 * (i % 3) - 2)];
    expect(largestDifference(found.slope.values, slopes)).toBeLessThan(1e-6);
  });

  it('standardise and its slope: finite where a row is constant', async () => {
    const value = x.standardise();
    const found = await evaluate({ value, slope: slopeOf(value) }, { x: extremes, weights });
    const root = Math.sqrt(1.5);
    expect(largestDifference(found.value.values, [root, -root, ...range(10).map(() => 0)])).toBeLessThan(1e-5);
    // With variance 0 the slope is (g - mean g) / sqrt(epsilon).
    const flat = range(9).map((i) => (2 * (i % 3) - 2) / Math.sqrt(1e-5));
    expect(largestDifference(found.slope.values.slice(3), flat)).toBeLessThan(1e-4);
  });

  it('columnSums and its slope: large numbers cancel', async () => {
    const found = await evaluate(
      { value: x.columnSums(), slope: slopeOf(x.mul(x.columnSums())) },
      { x: extremes, weights },
    );
    expect([...found.value.values]).toEqual([1e4, -1e4, 0]);
    // d/dx_r of sum_s w_s x_s S = w_r S + sum_s w_s x_s, S the sum of the column.
    const slopes = tabulate([4, 3], (r, n) => {
      const columns = range(4).map((b) => extremes[b][n]);
      return read(weights, r, n) * total(columns) + total(columns.map((value, b) => read(weights, b, n) * value));
    });
    expect(largestDifference(found.slope.values, slopes.values)).toBeLessThan(1e-6);
  });

  it('scaleRows multiplies exactly, by the largest and the smallest numbers too', async () => {
    const factors = [[0], [1e30], [1e-30], [-3e38]];
    const feeds = {
      x: [
        [1e4, -7, 0],
        [3e8, 1, 0],
        [3e-8, -1, 0],
        [1, -1, 0],
      ],
      scale: factors,
    };
    const found = await compute(x.scaleRows(fed('scale', ['B', 1])), feeds);
    const expected = feeds.x.flatMap((row, r) =>
      row.map((value) => Math.fround(Math.fround(value) * Math.fround(factors[r][0]))),
    );
    expect([...found].map((value) => value + 0)).toEqual(expected.map((value) => value + 0));
  });

  it('max shares the slope among those that tie', async () => {
    const tied = [
      [2, 2, 1],
      [1e4, 1e4, 1e4],
      [-1e4, -1e4, 0],
    ];
    const slope = await compute(gradients(x.max(1).total(), [x])[0] as Tensor, { x: tied });
    expect(largestDifference(slope, [0.5, 0.5, 0, 1 / 3, 1 / 3, 1 / 3, 0, 0, 1])).toBeLessThan(1e-6);
  });
});

describe('standardise, centred gradient', () => {
  it('gives the same slope when the gradient that comes back has mean 0', async () => {
    const [x, weights] = [fed('x', ['B', 5]), fed('weights', ['B', 5])];
    const drawn = normals('centred', [3, 5]);
    const centred = tabulate([3, 5], (b, d) => read(drawn, b, d) - total(range(5).map((e) => read(drawn, b, e))) / 5);
    const slopeOf = (value: Tensor): Tensor => gradients(value.mul(weights).total(), [x])[0] as Tensor;
    const { plain, short } = await evaluate(
      { plain: slopeOf(x.standardise()), short: slopeOf(x.standardise({ centredGradient: true })) },
      { x: normals('rows', [3, 5]), weights: centred },
      { float: 'float64' },
    );
    expect(largestDifference(short.values, plain.values)).toBeLessThan(1e-12);
  });
});

describe('standardise, centred input', () => {
  it('gives the same rows and the same slope where the rows of x have mean 0', async () => {
    const [x, weights] = [fed('x', ['B', 5]), fed('weights', ['B', 5])];
    const centredRows = (name: string, scale: number): Flat => {
      const drawn = normals(name, [3, 5]);
      return tabulate(
        [3, 5],
        (b, d) => scale * (read(drawn, b, d) - total(range(5).map((e) => read(drawn, b, e))) / 5),
      );
    };
    for (const scale of [1e-3, 1, 1e4]) {
      const outputs = [x.standardise(), x.standardise({ centredGradient: true, centredInput: true })].map((value) => ({
        value,
        slope: gradients(value.mul(weights).total(), [x])[0] as Tensor,
      }));
      const found = await evaluate(
        { long: outputs[0].value, longSlope: outputs[0].slope, short: outputs[1].value, shortSlope: outputs[1].slope },
        { x: centredRows('rows', scale), weights: centredRows('centred', 1) },
      );
      expect(largestDifference(found.short.values, found.long.values)).toBeLessThan(1e-6);
      expect(largestDifference(found.shortSlope.values, found.longSlope.values)).toBeLessThan(2e-6 / scale);
    }
  });
});
