import { describe, expect, it } from 'vitest';
import { gradients } from '../../src/graph/gradients.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { evaluate, fed, largestDifference, normals, read, tabulate } from '../graph-check.ts';
import { given, testOperator } from './operator-case.ts';

interface Unary {
  readonly operator: string;
  readonly apply: (x: Tensor) => Tensor;
  readonly f: (x: number) => number;
  readonly slope: (x: number) => number;
  /** Where the function is defined and its float32 value finite. */
  readonly at?: readonly number[];
}

const everywhere = [-1e4, -100, -1, -1e-3, 0, 1e-3, 1, 100, 1e4];
const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

const unary: readonly Unary[] = [
  { operator: 'abs', apply: (x) => x.abs(), f: Math.abs, slope: Math.sign },
  { operator: 'exp', apply: (x) => x.exp(), f: Math.exp, slope: Math.exp, at: [-1e4, -100, -1, 0, 1, 80] },
  { operator: 'log', apply: (x) => x.log(), f: Math.log, slope: (x) => 1 / x, at: [1e-30, 1e-3, 1, 100, 1e4] },
  { operator: 'neg', apply: (x) => x.neg(), f: (x) => 0 - x, slope: () => -1 },
  { operator: 'relu', apply: (x) => x.relu(), f: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  { operator: 'sigmoid', apply: (x) => x.sigmoid(), f: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x) },
  {
    operator: 'softplus',
    apply: (x) => x.softplus(),
    f: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    slope: sigmoid,
  },
  {
    operator: 'sqrt',
    apply: (x) => x.sqrt(),
    f: Math.sqrt,
    slope: (x) => 0.5 / Math.sqrt(x),
    at: [1e-20, 1e-3, 1, 100, 1e4],
  },
  { operator: 'tanh', apply: (x) => x.tanh(), f: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
  { operator: 'stopGradient', apply: (x) => x.stopGradient(), f: (x) => x, slope: () => 0 },
  {
    operator: 'step',
    apply: (x) => x.step(),
    f: (x) => (x > 0 ? 1 : 0),
    slope: () => 0,
    at: [-1e38, ...everywhere, 1e-37, -1e-37, 1e38],
  },
];

describe('element-wise operators of one tensor', () => {
  const drawn = normals('unary', [3, 4]);
  // Away from 0, where some have a kink; positive for those that are defined only there.
  const positive = tabulate([3, 4], (i, j) => Math.abs(read(drawn, i, j)) + 0.1);
  const signed = tabulate([3, 4], (i, j) => read(positive, i, j) * Math.sign(read(drawn, i, j)));
  for (const { operator, apply, f, at } of unary) {
    if (operator === 'stopGradient') continue;
    const values = at && Math.min(...at) > 0 ? positive : signed;
    testOperator({
      operator,
      on: '[B, K]',
      inputs: { x: given(['B', 'K'], values) },
      build: ({ x }) => apply(x),
      expected: tabulate([3, 4], (i, j) => f(read(values, i, j))),
    });
  }

  it.each(unary)('$operator at extreme values: value and slope', async ({ apply, f, slope, at = everywhere }) => {
    const x = fed('x', ['N']);
    const value = apply(x);
    const gradient = gradients(value.total(), [x])[0] ?? x.mul(0);
    const found = await evaluate({ value, gradient }, { x: at });
    expect(relative(found.value.values, at.map(f))).toBeLessThan(1e-5);
    expect(relative(found.gradient.values, at.map(slope))).toBeLessThan(1e-5);
  });
});

interface Binary {
  readonly operator: string;
  readonly apply: (a: Tensor, b: Tensor) => Tensor;
  readonly f: (a: number, b: number) => number;
}

const binary: readonly Binary[] = [
  { operator: 'add', apply: (a, b) => a.add(b), f: (a, b) => a + b },
  { operator: 'sub', apply: (a, b) => a.sub(b), f: (a, b) => a - b },
  { operator: 'mul', apply: (a, b) => a.mul(b), f: (a, b) => a * b },
  { operator: 'div', apply: (a, b) => a.div(b), f: (a, b) => a / b },
  { operator: 'maximum', apply: (a, b) => a.maximum(b), f: Math.max },
];

const pairs = [
  { on: 'equal shapes', a: ['B', 'K'], b: ['B', 'K'] },
  { on: 'a row', a: ['B', 'K', 2], b: [2] },
  { on: 'a column of one batch', a: ['B', 'K', 2], b: ['K', 1] },
  { on: 'both stretched', a: ['B', 1, 2], b: ['K', 1] },
  { on: 'a scalar', a: [], b: ['B', 'K'] },
  { on: 'ones on both sides', a: [1, 'K'], b: ['B', 1, 1] },
] as const;

const extents: Readonly<Record<string, number>> = { B: 3, K: 4 };
const dimsOf = (shape: readonly (number | string)[]): number[] =>
  shape.map((d) => (typeof d === 'number' ? d : extents[d]));

describe('element-wise operators of two tensors', () => {
  for (const { operator, apply, f } of binary) {
    for (const { on, a, b } of pairs) {
      const left = normals(`left ${on}`, dimsOf(a));
      const drawn = normals(`right ${on}`, dimsOf(b));
      // Away from 0, for the division.
      const right = { dims: drawn.dims, values: drawn.values.map((x) => x + 0.3 * Math.sign(x)) };
      const rank = Math.max(a.length, b.length);
      const dims = Array.from({ length: rank }, (_, axis) =>
        Math.max(left.dims[axis - rank + a.length] ?? 1, right.dims[axis - rank + b.length] ?? 1),
      );
      testOperator({
        operator,
        on,
        inputs: { a: given(a, left), b: given(b, right) },
        build: (inputs) => apply(inputs.a, inputs.b),
        expected: tabulate(dims, (...index) => f(read(left, ...index), read(right, ...index))),
      });
    }
  }

  it('take plain numbers on the right', async () => {
    const x = fed('x', ['N']);
    const { value } = await evaluate({ value: x.add(1).mul(3).sub(2).div(4).maximum(0) }, { x: [-1e4, 0, 1, 1e4] });
    expect(value.values).toEqual([0, 0.25, 1, 7500.25]);
  });

  it('maximum gives the gradient of a tie to the left', async () => {
    const [a, b] = [fed('a', ['N']), fed('b', ['N'])];
    const [left, right] = gradients(a.maximum(b).total(), [a, b]) as readonly [Tensor, Tensor];
    const found = await evaluate({ left, right }, { a: [1, 2, -1e4], b: [1, 3, -1e4] });
    expect(found.left.values).toEqual([1, 0, 1]);
    expect(found.right.values).toEqual([0, 1, 0]);
  });

  it('div at extreme values', async () => {
    const [a, b] = [fed('a', ['N']), fed('b', ['N'])];
    const [slopeA, slopeB] = gradients(a.div(b).total(), [a, b]) as readonly [Tensor, Tensor];
    const found = await evaluate({ value: a.div(b), slopeA, slopeB }, { a: [1e4, -1e4, 0], b: [1e-4, 1e4, 1e4] });
    expect(relative(found.value.values, [1e8, -1, 0])).toBeLessThan(1e-5);
    expect(relative(found.slopeA.values, [1e4, 1e-4, 1e-4])).toBeLessThan(1e-5);
    expect(relative(found.slopeB.values, [-1e12, 1e-4, 0])).toBeLessThan(1e-5);
  });
});

/** Like `largestDifference`, but relative also below 1, down to where float32 kernels flush to 0. */
function relative(actual: readonly number[], expected: readonly number[]): number {
  const scale = (x: number, by: number): number => x / Math.max(Math.abs(by), 1e-6);
  return largestDifference(
    actual.map((x, at) => scale(x, expected[at])),
    expected.map((x) => scale(x, x)),
  );
}
