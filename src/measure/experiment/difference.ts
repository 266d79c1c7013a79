/** What a variant changes against the control, with an interval that may be looked at every day. */
import { alwaysValidErrors, oneSidedErrors } from './always-valid.ts';
import { type Ratio, ratioOf } from './ratio.ts';
import { joined, type UserMoments } from './user-moments.ts';

/** A difference of two ratios. */
export interface Difference {
  readonly estimate: number;
  readonly error: number;
  readonly low: number;
  readonly high: number;
}

export interface ReducedDifference extends Difference {
  /** Share of the variance that the past took away. */
  readonly reduction: number;
}

export interface DifferenceOptions {
  readonly risk: number;
  readonly tightestAt?: number | undefined;
}

/** Fewer users a variant have no interval: the normal law that it rests on is not there yet. */
export const LEAST_USERS = 100;

/** Of a variant's ratio to the control's. Undefined where one has none, or too few users. */
export function variantDifference(
  variant: UserMoments,
  control: UserMoments,
  options: DifferenceOptions,
): Difference | undefined {
  const [one, other] = [enough(variant), enough(control)];
  if (!one || !other) return undefined;
  return withInterval(one.value - other.value, one.variance + other.variance, {
    ...options,
    users: one.users + other.users,
  });
}

/**
 * The same with the variance lowered by the users' own past (CUPED: Deng, Xu, Kohavi & Walker 2013), of ratios too: from the difference is taken theta times the difference of the same
 * ratio before the experiment, which chance alone made. theta is the covariance of now and before by the variance of before, over the users of both variants. Users without a past count as
 * they are: their past is 0 of 0.
 */
export function reducedDifference(
  variant: UserMoments,
  control: UserMoments,
  options: DifferenceOptions,
): ReducedDifference | undefined {
  const [one, other, both] = [enough(variant), enough(control), ratioOf(joined(variant, control))];
  if (!one?.past || !other?.past || !both?.past || !(both.past.variance > 0)) return undefined;
  const theta = both.past.covariance / both.past.variance;
  const plain = one.variance + other.variance;
  const variance =
    plain -
    2 * theta * (one.past.covariance + other.past.covariance) +
    theta * theta * (one.past.variance + other.past.variance);
  const estimate = one.value - other.value - theta * (one.past.value - other.past.value);
  const users = one.users + other.users;
  return { ...withInterval(estimate, variance, { ...options, users }), reduction: 1 - variance / plain };
}

/** Whether a variant is worse than the control in what should stay low, such as milliseconds: `low` is below the increase at every look, but for the risk. */
export function increaseOf(
  variant: UserMoments,
  control: UserMoments,
  { risk, tightestAt }: DifferenceOptions,
): Omit<Difference, 'high'> | undefined {
  const [one, other] = [enough(variant), enough(control)];
  if (!one || !other) return undefined;
  const estimate = one.value - other.value;
  const error = Math.sqrt(one.variance + other.variance);
  const low = estimate - error * oneSidedErrors({ users: one.users + other.users, risk, tightestAt });
  return { estimate, error, low };
}

function enough(moments: UserMoments): Ratio | undefined {
  return moments.users < LEAST_USERS ? undefined : ratioOf(moments);
}

function withInterval(
  estimate: number,
  variance: number,
  options: DifferenceOptions & { readonly users: number },
): Difference {
  const error = Math.sqrt(Math.max(0, variance));
  const half = error * alwaysValidErrors(options);
  return { estimate, error, low: estimate - half, high: estimate + half };
}
