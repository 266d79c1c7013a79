/** A ratio of sums over users, such as clicks per list, and how it is tied to the same ratio before the experiment. */
import { covarianceOf, meanOf, type UserMoments } from './user-moments.ts';

export interface Ratio {
  readonly users: number;
  /** Sum of numerators by sum of denominators. */
  readonly value: number;
  /** Of `value`, over the draw of users. */
  readonly variance: number;
  /** The same of the time before; undefined where there is nothing before. */
  readonly past: { readonly value: number; readonly variance: number; readonly covariance: number } | undefined;
}

const [ABOVE, BELOW, PAST_ABOVE, PAST_BELOW] = [0, 1, 2, 3];

/**
 * By the delta method: a ratio of means r = a / b differs from the true one as the mean over users of (a_u - r b_u) / b does (Deng, Knoblich & Lu 2018). Its covariance with the ratio of the
 * time before is that of the two such means. Undefined where there are not two users, or nothing below the line.
 */
export function ratioOf(moments: UserMoments): Ratio | undefined {
  const { users } = moments;
  if (users < 2 || !(moments.sums[BELOW] > 0)) return undefined;
  const now = [ABOVE, BELOW] as const;
  const before = [PAST_ABOVE, PAST_BELOW] as const;
  const value = moments.sums[ABOVE] / moments.sums[BELOW];
  const variance = covarianceOfRatios(moments, now, now);
  if (!(moments.sums[PAST_BELOW] > 0)) return { users, value, variance, past: undefined };
  return {
    ...{ users, value, variance },
    past: {
      value: moments.sums[PAST_ABOVE] / moments.sums[PAST_BELOW],
      variance: covarianceOfRatios(moments, before, before),
      covariance: covarianceOfRatios(moments, now, before),
    },
  };
}

type Columns = readonly [above: number, below: number];

function covarianceOfRatios(moments: UserMoments, [a, b]: Columns, [c, d]: Columns): number {
  const one = moments.sums[a] / moments.sums[b];
  const other = moments.sums[c] / moments.sums[d];
  const ofDeviations =
    covarianceOf(moments, a, c) -
    other * covarianceOf(moments, a, d) -
    one * covarianceOf(moments, b, c) +
    one * other * covarianceOf(moments, b, d);
  return ofDeviations / (moments.users * meanOf(moments, b) * meanOf(moments, d));
}
