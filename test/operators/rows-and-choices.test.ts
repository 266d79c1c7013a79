import { describe, expect, it } from 'vitest';
import { gradients } from '../../src/graph/gradients.ts';
import { constant, dropoutMask } from '../../src/graph/leaves.ts';
import { compileGraph } from '../../src/runtime/compile.ts';
import { createSession } from '../../src/runtime/session.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { compute, evaluate, fed, normals, read, tabulate } from '../graph-check.ts';
import { given, testOperator } from './operator-case.ts';

const table = normals('table', [4, 3]);
/** Row 2 twice, row 1 never. */
const index = [
  [2, 0, 2],
  [3, 0, 2],
];

describe('rows of a table', () => {
  testOperator({
    operator: 'gatherRows',
    on: 'a matrix of indices',
    inputs: { table: given(['U', 3], table), index: given(['B', 'K'], index, 'int64') },
    build: ({ table, index }) => table.gatherRows(index),
    expected: tabulate([2, 3, 3], (b, k, d) => read(table, index[b][k], d)),
  });
  const rows = normals('rows', [2, 3, 3]);
  testOperator({
    operator: 'scatterRows',
    on: 'a matrix of indices, some twice',
    inputs: {
      rows: given(['B', 'K', 3], rows),
      index: given(['B', 'K'], index, 'int64'),
      like: given(['U'], normals('like', [4])),
    },
    // The extent U is read from `like`, which must therefore be part of the graph.
    build: ({ rows, index, like }) =>
      rows.scatterRows(index, like.shape[0]).add(like.reshape([...like.shape, 1]).mul(0)),
    expected: tabulate([4, 3], (u, d) =>
      index
        .flatMap((slate, b) => slate.map((row, k) => (row === u ? read(rows, b, k, d) : 0)))
        .reduce((sum, x) => sum + x, 0),
    ),
  });
});

describe('choices', () => {
  const [a, b] = [normals('a', [2, 3]), normals('b', [2, 3])];
  const condition = [
    [1, 0, 1],
    [0, 0, 1],
  ];
  testOperator({
    operator: 'where',
    on: 'equal shapes',
    inputs: { condition: given(['B', 'K'], condition, 'bool'), a: given(['B', 'K'], a), b: given(['B', 'K'], b) },
    build: (inputs) => inputs.condition.where(inputs.a, inputs.b),
    expected: tabulate([2, 3], (i, j) => read(condition[i][j] ? a : b, i, j)),
  });
  testOperator({
    operator: 'where',
    on: 'a column against a row',
    inputs: { condition: given(['B', 1], [[1], [0]], 'bool'), a: given([3], [1, 2, 3]), b: given([1, 1], [[7]]) },
    build: (inputs) => inputs.condition.where(inputs.a, inputs.b),
    expected: [
      [1, 2, 3],
      [7, 7, 7],
    ],
  });
  testOperator({
    operator: 'where',
    on: 'a number to fill with',
    inputs: { condition: given(['B', 'K'], condition, 'bool'), a: given(['B', 'K'], a) },
    build: (inputs) => inputs.a.maskedFill(inputs.condition, -1e4),
    expected: tabulate([2, 3], (i, j) => (condition[i][j] ? -1e4 : read(a, i, j))),
  });

  it('where: what is not chosen gives no slope, infinite or not', async () => {
    const x = fed('x', ['N']);
    const value = x.greater(0).where(x.maximum(1e-30).log(), 0);
    const found = await evaluate(
      { value, slope: gradients(value.total(), [x])[0] as Tensor },
      { x: [0, -1e4, 1, 1e4] },
    );
    expect(found.value.values[3]).toBeCloseTo(Math.log(1e4), 5);
    expect(found.slope.values.slice(0, 3)).toEqual([0, 0, 1]);
  });

  for (const [comparison, holds] of [
    ['greater', (x: number, y: number) => x > y],
    ['less', (x: number, y: number) => x < y],
    ['equal', (x: number, y: number) => x === y],
  ] as const) {
    const values = [1, -1e4, 0, 1e4];
    testOperator({
      operator: 'compare',
      on: `${comparison}, a column against a row`,
      inputs: {
        x: given(
          ['N', 1],
          values.map((value) => [value]),
        ),
        y: given(['M'], values),
      },
      build: ({ x, y }) => x[comparison](y),
      expected: tabulate([4, 4], (i, j) => Number(holds(values[i], values[j]))),
    });
  }
  testOperator({
    operator: 'cast',
    on: 'integers',
    inputs: { x: given(['N'], [-3, 0, 10_000], 'int64') },
    build: ({ x }) => x.toFloat(),
    expected: [-3, 0, 10_000],
  });
  testOperator({
    operator: 'cast',
    on: 'truths',
    inputs: { x: given(['N'], [1, 0], 'bool') },
    build: ({ x }) => x.toFloat().mul(2),
    expected: [2, 0],
  });
});

describe('whole numbers', () => {
  testOperator({
    operator: 'atMost',
    on: 'numbers on both sides and far away',
    inputs: { x: given(['N'], [-3, 6, 7, 8, 2 ** 40], 'int64') },
    build: ({ x }) => x.atMost(7).toFloat(),
    expected: [-3, 6, 7, 7, 7],
  });
});

describe('leaves', () => {
  testOperator({
    operator: 'constant',
    on: 'more numbers than are kept once, and a scalar',
    inputs: { x: given(['B', 20], normals('many', [2, 20])) },
    build: ({ x }) =>
      x
        .mul(
          constant(
            Float32Array.from({ length: 20 }, (_, i) => i),
            [20],
          ),
        )
        .add(constant([0.5], [])),
    expected: tabulate([2, 20], (i, j) => read(normals('many', [2, 20]), i, j) * j + 0.5),
  });

  it('input: names what was not fed', async () => {
    const graph = compileGraph({ value: fed('labelsBK', ['B', 'K']).mul(2) });
    const session = await createSession(graph);
    await expect(session.run({})).rejects.toThrow(/"labelsBK" was not fed/);
    await session.release();
  });

  it('stopGradient: the value passes, the slope does not', async () => {
    const x = fed('x', ['N']);
    const slope = gradients(x.mul(x.stopGradient()).total(), [x])[0] as Tensor;
    expect(await compute(slope, { x: [3, -1e4] })).toEqual([3, -1e4]);
  });

  it('dropoutMask: zeros by its rate, the rest keeps the mean; drawn by seed and key alone', async () => {
    const x = fed('x', ['B', 'K']);
    const [first, second] = [dropoutMask(x.shape, 0.3, 11), dropoutMask(x.shape, 0.3, 12)];
    const graph = compileGraph({ first: x.mul(first), second: x.mul(second) });
    const session = await createSession(graph);
    const [B, K] = [200, 301];
    const feeds = { x: { data: new Float32Array(B * K).fill(1), dims: [B, K] } };
    const draw = async (key: number): Promise<Record<'first' | 'second', number[]>> => {
      const values = await session.run(feeds, key);
      return { first: [...(values.first.data as Float32Array)], second: [...(values.second.data as Float32Array)] };
    };
    const [one, again, other] = [await draw(1), await draw(1), await draw(2)];
    await session.release();
    expect(again).toEqual(one);
    const kept = Math.fround(1 / 0.7);
    expect(new Set(one.first)).toEqual(new Set([0, kept]));
    const shareOfZeros = (values: readonly number[]): number => values.filter((v) => v === 0).length / values.length;
    // Five standard deviations of 60,200 draws.
    for (const values of [one.first, one.second, other.first])
      expect(Math.abs(shareOfZeros(values) - 0.3)).toBeLessThan(0.0094);
    const agreement = (a: readonly number[], b: readonly number[]): number =>
      a.filter((v, at) => v === b[at]).length / a.length;
    // Independent draws agree in 0.3^2 + 0.7^2 of the places.
    expect(Math.abs(agreement(one.first, one.second) - 0.58)).toBeLessThan(0.0101);
    expect(Math.abs(agreement(one.first, other.first) - 0.58)).toBeLessThan(0.0101);
  });
});
