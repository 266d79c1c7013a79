/** Legend: F columns of numbers, P pieces, D width. */
import type { Knots } from '../../encoding/encoders/knots.ts';
import { createParameter, fill, type Parameter } from '../../nn/parameter.ts';
import { piecewiseLinear } from '../../nn/piecewise-linear.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { ScorerConfig } from './scorer-config.ts';

/** What numbers are worth beyond a straight line: [F * P, D] weights of the pieces of each input that has curves. */
export type Curves = {
  readonly item: Parameter | undefined;
  readonly slot: Parameter | undefined;
  readonly context: Parameter | undefined;
};

/** Fresh curves are straight: a model starts as the one without them. */
export function createCurves({ width, knots }: ScorerConfig): Curves {
  const of = (columns: Knots | undefined): Parameter | undefined =>
    columns && columns.length > 0
      ? createParameter([columns.length * (columns[0].length - 1), width], fill(0))
      : undefined;
  return { item: of(knots?.item), slot: of(knots?.slot), context: of(knots?.context) };
}

/** Adds to vectors [..., D] what the curves say of their numbers [..., F]. */
export function withCurves(
  vectors: Tensor,
  curves: Parameter | undefined,
  numbers: Tensor | undefined,
  knots: Knots | undefined,
): Tensor {
  if (!curves || !numbers || !knots) return vectors;
  const [F, D] = [knots.length, curves.shape[1]];
  const P = knots[0].length - 1;
  const curvesPFD = curves.tensor.reshape([F, P, D]).transpose(0, 1);
  const bent = piecewiseLinear(numbers.flattenRows(), knots).matmul(curvesPFD.reshape([P * F, D]));
  return vectors.add(bent.reshape(vectors.shape));
}
