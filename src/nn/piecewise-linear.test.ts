import { describe, expect, it } from 'vitest';
import { compareGradients, compute, fed, worstGradient } from '../../test/graph-check.ts';
import { constant } from './leaves.ts';
import { piecewiseLinear } from './piecewise-linear.ts';

const x = fed('x', ['R', 2]);
/** The second column has an empty piece. */
const knots = [
  [-1, 0, 2],
  [0, 0, 4],
];
const encoded = piecewiseLinear(x, knots);

describe('piecewiseLinear', () => {
  it('is 1 before a piece, 0 behind it and linear between; a piece without any extent is 0', async () => {
    const feeds = {
      x: [
        [-1, 0],
        [-0.25, 1],
        [0, 2],
        [1.5, 4],
      ],
    };
    expect(await compute(encoded, feeds)).toEqual([
      ...[1, 0, 1, 1],
      ...[0.25, 0, 1, 0.75],
      ...[0, 0, 1, 0.5],
      ...[0, 0, 0.25, 0],
    ]);
  });

  it('stays between 0 and 1 however far a number is out', async () => {
    const feeds = {
      x: [
        [-1e6, -1e6],
        [1e6, 1e6],
      ],
    };
    expect(await compute(encoded, feeds)).toEqual([1, 0, 1, 1, 0, 0, 0, 0]);
  });

  it('makes any curve that bends at the knots out of a sum', async () => {
    const heights = [3, -2, 5];
    const rises = constant([heights[0] - heights[1], 0, heights[1] - heights[2], 0], [4]);
    const curve = encoded.mul(rises).sum(1).add(heights[2]);
    const feeds = {
      x: [
        [-1, 0],
        [0, 0],
        [1, 0],
        [2, 0],
      ],
    };
    expect(await compute(curve, feeds)).toEqual([3, -2, 1.5, 5]);
  });

  it('has the gradient of finite differences', async () => {
    const feeds = {
      x: [
        [-0.4, 1.3],
        [0.7, 3.1],
        [-3, 9],
      ],
    };
    const loss = encoded.mul(encoded).total();
    expect(worstGradient(await compareGradients(loss, { x }, feeds))).toBeLessThan(1e-6);
  });
});
