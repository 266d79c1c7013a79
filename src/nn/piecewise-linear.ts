import type { Tensor } from '../tensor/tensor.ts';
import { constant } from './leaves.ts';

/**
 * How much of each piece of its range a number has yet to pass: 1 before the piece, 0 behind it, linear between (Gorishniy, Rubachev & Babenko 2022, equation 1, counted from the
 * other end). A linear layer of these is a curve that bends at the knots. Rows [R, F] with F columns of P + 1 ascending knots become [R, P * F], the first
 * pieces of all columns before the second ones; a piece without any extent is 0.
 */
export function piecewiseLinear(xRF: Tensor, knots: readonly (readonly number[])[]): Tensor {
  const F = knots.length;
  const P = knots[0].length - 1;
  const slopes: number[] = [];
  const shifts: number[] = [];
  // Columns last: an operator passes over F numbers at a time, not over P.
  for (let p = 0; p < P; p++)
    for (const ends of knots) {
      const extent = ends[p + 1] - ends[p];
      const slope = extent > LEAST_EXTENT ? 1 / extent : 0;
      slopes.push(slope);
      // An empty piece is passed from the beginning.
      shifts.push(slope === 0 ? -1 : ends[p] * slope);
    }
  const passedRPF = xRF
    .reshape([xRF.shape[0], 1, F])
    .mul(constant(slopes, [P, F]))
    .sub(constant(shifts, [P, F]))
    .relu();
  return constant([1], [1])
    .sub(passedRPF)
    .relu()
    .reshape([xRF.shape[0], P * F]);
}

/** Of values with a deviation of 1: below, a piece would be a jump. */
const LEAST_EXTENT = 1e-3;
