import { describe, expect, it } from 'vitest';
import { evaluate, type Flat, fed, normals, read, tabulate } from '../graph-check.ts';
import { given, testOperator } from './operator-case.ts';

/** scale * A B over the last two axes, index by index. */
function product(a: Flat, b: Flat, { transposeA = false, transposeB = false, scale = 1 } = {}): Flat {
  const [rows, inner] = transposeA ? a.dims.slice(-2).reverse() : a.dims.slice(-2);
  const columns = b.dims.at(transposeB ? -2 : -1) ?? 0;
  const rank = Math.max(a.dims.length, b.dims.length) - 2;
  const batch = Array.from({ length: rank }, (_, axis) =>
    Math.max(a.dims[axis - rank + a.dims.length - 2] ?? 1, b.dims[axis - rank + b.dims.length - 2] ?? 1),
  );
  return tabulate([...batch, rows, columns], (...index) => {
    const [i, j] = index.slice(-2);
    const lead = index.slice(0, -2);
    let sum = 0;
    for (let n = 0; n < inner; n++) {
      const left = transposeA ? read(a, ...lead, n, i) : read(a, ...lead, i, n);
      sum += left * (transposeB ? read(b, ...lead, j, n) : read(b, ...lead, n, j));
    }
    return scale * sum;
  });
}

describe('matmul', () => {
  const batched = normals('batched', [2, 3, 4]);
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      for (const scale of [1, -0.75]) {
        const options = { transposeA, transposeB, scale };
        const on = `transposed ${transposeA} ${transposeB}, scale ${scale}`;
        const side = transposeA ? 3 : 4;
        const b = normals(`right ${side}`, transposeB ? [2, 5, side] : [2, side, 5]);
        testOperator({
          operator: 'matmul',
          on: `batches, ${on}`,
          inputs: {
            a: given(['B', 'K', 4], batched),
            b: given(['B', ...(transposeB ? [5, transposeA ? 'K' : 4] : [transposeA ? 'K' : 4, 5])], b),
          },
          build: (inputs) => inputs.a.matmul(inputs.b, options),
          expected: product(batched, b, options),
        });
        const weight = normals(`weight ${side}`, transposeB ? [5, side] : [side, 5]);
        testOperator({
          operator: 'matmul',
          on: `one weight for all batches, ${on}`,
          inputs: { a: given(['B', 3, 4], batched), b: given(weight.dims, weight) },
          build: (inputs) => inputs.a.matmul(inputs.b, options),
          expected: product(batched, weight, options),
        });
      }
    }
  }
  testOperator({
    operator: 'matmul',
    on: 'matrices',
    inputs: { a: given(['R', 4], normals('a', [3, 4])), b: given([4, 'C'], normals('b', [4, 2])) },
    build: ({ a, b }) => a.matmul(b),
    expected: product(normals('a', [3, 4]), normals('b', [4, 2])),
  });
  testOperator({
    operator: 'matmul',
    on: 'batches that broadcast',
    inputs: {
      a: given(['B', 1, 'K', 4], normals('wide', [2, 1, 3, 4])),
      b: given(['H', 4, 2], normals('heads', [5, 4, 2])),
    },
    build: ({ a, b }) => a.matmul(b),
    expected: product(normals('wide', [2, 1, 3, 4]), normals('heads', [5, 4, 2])),
  });

  it('keeps large and small numbers', async () => {
    const [a, b] = [fed('a', [1, 2]), fed('b', [2, 2])];
    const { value } = await evaluate(
      { value: a.matmul(b) },
      {
        a: [[1e4, -1e4]],
        b: [
          [1e4, 0],
          [0, 1e-4],
        ],
      },
    );
    expect(value.values[0]).toBe(1e8);
    expect(value.values[1]).toBeCloseTo(-1, 5);
  });
});

describe('linear', () => {
  const weight = normals('linear weight', [4, 5]);
  const bias = normals('linear bias', [5]);
  for (const [shape, dims] of [
    [
      ['R', 4],
      [6, 4],
    ],
    [
      ['B', 'K', 4],
      [2, 3, 4],
    ],
  ] as const) {
    const x = normals('linear input', dims);
    const plain = product(x, weight);
    testOperator({
      operator: 'linear',
      on: `[${shape.join(', ')}]`,
      inputs: { x: given(shape, x), weight: given([4, 5], weight), bias: given([5], bias) },
      build: (inputs) => inputs.x.linear(inputs.weight, inputs.bias),
      expected: { dims: plain.dims, values: plain.values.map((value, at) => value + bias.values[at % 5]) },
    });
  }
});

describe('identityLike', () => {
  testOperator({
    operator: 'identityLike',
    on: 'a square',
    inputs: { x: given(['K', 'K'], normals('square', [3, 3])) },
    build: ({ x }) => x.identityLike(),
    expected: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  });
});
