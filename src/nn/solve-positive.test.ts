import { Matrix, solve } from 'ml-matrix';
import { expect, it } from 'vitest';
import { constant } from '../graph/leaves.ts';
import { createRng } from '../random/rng.ts';
import { runGraph } from '../testing/run-graph.ts';
import { solvePositive } from './solve-positive.ts';

async function solved(systems: readonly { readonly matrix: Matrix; readonly right: Matrix }[]): Promise<Float32Array> {
  const [B, C] = [systems.length, systems[0].matrix.rows];
  const x = solvePositive(
    constant(
      systems.flatMap(({ matrix }) => matrix.to1DArray()),
      [B, C, C],
    ),
    constant(
      systems.flatMap(({ right }) => right.to1DArray()),
      [B, C, 1],
    ),
  );
  return (await runGraph({ x }, { feeds: {} })).x as Float32Array;
}

it('solves what LU decomposition solves', async () => {
  const rng = createRng(1);
  for (const C of [1, 2, 9]) {
    const systems = Array.from({ length: 5 }, (_, b) => {
      const half = Matrix.from1DArray(
        20,
        C,
        Array.from({ length: 20 * C }, () => rng.normal() * 10 ** (b - 2)),
      );
      const matrix = half.transpose().mmul(half).add(Matrix.eye(C));
      const right = Matrix.columnVector(Array.from({ length: C }, () => rng.normal()));
      return { matrix, right };
    });
    const x = await solved(systems);
    const expected = systems.flatMap(({ matrix, right }) => solve(matrix, right).to1DArray());
    for (const [at, value] of expected.entries()) expect(x[at]).toBeCloseTo(value, 4);
  }
});

it('gives zeros where nothing pulls', async () => {
  expect([...(await solved([{ matrix: Matrix.eye(3), right: Matrix.zeros(3, 1) }]))]).toEqual([0, 0, 0]);
});
