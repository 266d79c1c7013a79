/** Legend: B impressions. */

/** Users numbered 0..U-1 in the order of their first impression: `userB` with its gaps closed. */
export interface Users {
  readonly count: number;
  readonly indexB: Int32Array;
}

export function numberUsers(userB: Int32Array): Users {
  const numbers = new Map<number, number>();
  const indexB = userB.map((user) => {
    const known = numbers.get(user);
    if (known !== undefined) return known;
    numbers.set(user, numbers.size);
    return numbers.size - 1;
  });
  return { count: numbers.size, indexB };
}
