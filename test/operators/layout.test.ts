import { describe } from 'vitest';
import { concat } from '../../src/graph/leaves.ts';
import { type Flat, normals, read, tabulate } from '../graph-check.ts';
import { given, testOperator } from './operator-case.ts';

const dims = [3, 4, 6];
const x = normals('layout', dims);
const inputs = { x: given(['B', 'K', 6], x) };
const reshaped = (shape: readonly number[]): Flat => ({ values: x.values, dims: shape });

describe('operators that only move numbers', () => {
  testOperator({
    operator: 'broadcastTo',
    on: 'axes of extent 1 and a new one',
    inputs: { x: given(['K', 1], normals('column', [4, 1])), like: inputs.x },
    build: ({ x, like }) => x.broadcastTo(like.shape).mul(like),
    expected: tabulate(dims, (b, k, d) => normals('column', [4, 1]).values[k] * read(x, b, k, d)),
  });
  testOperator({
    operator: 'broadcastTo',
    on: 'its own shape',
    inputs,
    build: ({ x }) => x.broadcastTo(x.shape),
    expected: x,
  });

  testOperator({
    operator: 'reshape',
    on: 'two axes as one',
    inputs,
    build: ({ x }) => x.flattenRows(),
    expected: reshaped([12, 6]),
  });
  testOperator({
    operator: 'reshape',
    on: 'the last axis split',
    inputs,
    build: ({ x }) => x.reshape([x.shape[0], x.shape[1], 2, 3]),
    expected: reshaped([3, 4, 2, 3]),
  });
  testOperator({
    operator: 'reshape',
    on: 'and back: named extents read from the inputs',
    inputs,
    build: ({ x }) => x.flattenRows().mul(2).reshape([x.shape[0], x.shape[1], 3, 2]),
    expected: { values: x.values.map((value) => 2 * value), dims: [3, 4, 3, 2] },
  });
  testOperator({
    operator: 'reshape',
    on: 'an axis of extent 1 between',
    inputs,
    build: ({ x }) => x.reshape([x.shape[0], 1, x.shape[1], 6]),
    expected: reshaped([3, 1, 4, 6]),
  });
  testOperator({
    operator: 'reshape',
    on: 'a scalar',
    inputs: { x: given([1, 1], [[2.5]]) },
    build: ({ x }) => x.reshape([]),
    expected: 2.5,
  });

  testOperator({
    operator: 'slice',
    on: 'the end of the last axis',
    inputs,
    build: ({ x }) => x.slice(-1, 4, 6),
    expected: tabulate([3, 4, 2], (b, k, d) => read(x, b, k, d + 4)),
  });
  testOperator({
    operator: 'slice',
    on: 'the middle of the first axis',
    inputs: { x: given([3, 'K', 6], x) },
    build: ({ x }) => x.slice(0, 1, 2),
    expected: tabulate([1, 4, 6], (_, k, d) => read(x, 1, k, d)),
  });
  testOperator({
    operator: 'pad',
    on: 'both sides of the last axis',
    inputs,
    build: ({ x }) => x.padded(-1, 2, 1),
    expected: tabulate([3, 4, 9], (b, k, d) => (d < 2 || d > 7 ? 0 : read(x, b, k, d - 2))),
  });
  for (const [on, axis, extent] of [
    ['an axis of unknown extent, longer', 1, 6],
    ['an axis of unknown extent, shorter', 1, 3],
    ['the last axis, shorter', -1, 4],
  ] as const) {
    testOperator({
      operator: 'fit',
      on,
      inputs,
      build: ({ x }) => x.fit(axis, extent),
      expected: tabulate(axis === 1 ? [3, extent, 6] : [3, 4, extent], (b, k, d) => (k < 4 ? read(x, b, k, d) : 0)),
    });
  }
  testOperator({
    operator: 'fit',
    on: 'a known extent, to an unknown one',
    inputs: { x: given([3, 2], normals('short', [3, 2])), y: given([3, 'K'], normals('long', [3, 4])) },
    build: ({ x, y }) => x.fit(1, y.shape[1]).add(y),
    expected: tabulate(
      [3, 4],
      (b, k) => (k < 2 ? read(normals('short', [3, 2]), b, k) : 0) + read(normals('long', [3, 4]), b, k),
    ),
  });
  testOperator({
    operator: 'concat',
    on: 'the last axis, of different extents',
    inputs: { x: inputs.x, y: given(['B', 'K', 2], normals('tail', [3, 4, 2])) },
    build: ({ x, y }) => concat([x, y, x], -1),
    expected: tabulate([3, 4, 14], (b, k, d) =>
      d < 6 ? read(x, b, k, d) : d < 8 ? read(normals('tail', [3, 4, 2]), b, k, d - 6) : read(x, b, k, d - 8),
    ),
  });
  testOperator({
    operator: 'concat',
    on: 'a first axis of known extents',
    inputs: { x: given([2, 'K'], normals('top', [2, 4])), y: given([1, 'K'], normals('bottom', [1, 4])) },
    build: ({ x, y }) => concat([x, y], 0),
    expected: { values: [...normals('top', [2, 4]).values, ...normals('bottom', [1, 4]).values], dims: [3, 4] },
  });
});

/** Every permutation of up to four axes: some are lowered as swaps of blocks, the others as they are. */
describe('transpose', () => {
  const four = [2, 3, 4, 5];
  const y = normals('permuted', four);
  for (const shape of [
    ['B', 'K', 4, 5],
    ['B', 3, 4, 5],
    [2, 'K', 4, 'D'],
  ] as const) {
    for (const permutation of permutationsOf([0, 1, 2, 3])) {
      testOperator({
        operator: 'transpose',
        on: `[${shape.join(', ')}] by ${permutation.join('')}`,
        inputs: { y: given(shape, y) },
        build: (inputs) => inputs.y.permute(permutation),
        expected: tabulate(
          permutation.map((axis) => four[axis]),
          (...index) => read(y, ...four.map((_, axis) => index[permutation.indexOf(axis)])),
        ),
      });
    }
  }
  testOperator({
    operator: 'transpose',
    on: 'two axes by name, from the end',
    inputs,
    build: ({ x }) => x.transpose(-1, 1),
    expected: tabulate([3, 6, 4], (b, d, k) => read(x, b, k, d)),
  });
  testOperator({
    operator: 'transpose',
    on: 'a matrix',
    inputs: { x: given(['R', 'C'], normals('matrix', [3, 4])) },
    build: ({ x }) => x.transpose(0, 1),
    expected: tabulate([4, 3], (c, r) => read(normals('matrix', [3, 4]), r, c)),
  });
});

function permutationsOf(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutationsOf(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}
