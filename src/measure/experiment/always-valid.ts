/** Intervals that may be looked at every day. */

/** Users at which the interval is narrowest beside one that is looked at once. */
export const TIGHTEST_AT = 5000;

export interface AlwaysValidOptions {
  /** Of both variants. */
  readonly users: number;
  /** That the interval ever leaves the true value: 0.05. */
  readonly risk: number;
  readonly tightestAt?: number | undefined;
}

/**
 * By how many standard errors the estimate may be off at any look, with all looks together: the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2021). With
 * n users, risk a and a free rho it is
 *
 *     sqrt(2 (n rho^2 + 1) / (n rho^2) ln(sqrt(n rho^2 + 1) / a))
 *
 * standard errors: some 3.0 where it is tightest, and slowly more away from there. rho is chosen for a number of users.
 */
export function alwaysValidErrors(options: AlwaysValidOptions): number {
  const { risk } = options;
  const time = options.users * rhoSquare(options);
  return Math.sqrt(((2 * (time + 1)) / time) * Math.log(Math.sqrt(time + 1) / risk));
}

/** The same where only one direction is looked for. */
export function oneSidedErrors(options: AlwaysValidOptions): number {
  const { risk } = options;
  const time = options.users * rhoSquare(options);
  return Math.sqrt(((2 * (time + 1)) / time) * Math.log(1 + Math.sqrt(time + 1) / (2 * risk)));
}

function rhoSquare({ risk, tightestAt = TIGHTEST_AT }: AlwaysValidOptions): number {
  return (-2 * Math.log(risk) + Math.log(-2 * Math.log(risk) + 1)) / tightestAt;
}
