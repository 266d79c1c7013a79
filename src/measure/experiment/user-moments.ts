/** Sums over users of what a ratio needs. The user is the unit: a user's lists are alike, so they count together. */

/** Of one user: numerator and denominator, such as clicks and lists, and the same of the time before the experiment. */
export type UserRow = readonly [above: number, below: number, pastAbove: number, pastBelow: number];

const WIDTH = 4;

/** Sums and sums of products over users: all that the variance of a ratio and its tie to the past come from. */
export interface UserMoments {
  users: number;
  readonly sums: Float64Array;
  /** Of column i and column j at `4 i + j`. */
  readonly products: Float64Array;
}

export const createUserMoments = (): UserMoments => ({
  users: 0,
  sums: new Float64Array(WIDTH),
  products: new Float64Array(WIDTH * WIDTH),
});

/** Counts a user in. */
export function addUser(moments: UserMoments, row: UserRow): void {
  moments.users++;
  for (let i = 0; i < WIDTH; i++) {
    moments.sums[i] += row[i];
    for (let j = 0; j < WIDTH; j++) moments.products[WIDTH * i + j] += row[i] * row[j];
  }
}

/** The moments of these users. */
export function momentsOf(rows: Iterable<UserRow>): UserMoments {
  const moments = createUserMoments();
  for (const row of rows) addUser(moments, row);
  return moments;
}

/** Of the users of both. */
export function joined(one: UserMoments, other: UserMoments): UserMoments {
  return {
    users: one.users + other.users,
    sums: one.sums.map((sum, at) => sum + other.sums[at]),
    products: one.products.map((product, at) => product + other.products[at]),
  };
}

/** A column's mean over users. */
export const meanOf = ({ sums, users }: UserMoments, column: number): number => sums[column] / users;

/** The covariance of two columns over users, of a sample; the variance of one with itself. */
export function covarianceOf({ sums, products, users }: UserMoments, one: number, other: number): number {
  return (products[WIDTH * one + other] - (sums[one] * sums[other]) / users) / (users - 1);
}
