/**
 * What one user did with the items that carry each token (a category or tag value): four numbers a token, end to end in one array, since they are looked up for every item
 * of every list and lie nowhere near each other as objects. Plain data, as all of the state.
 */
export interface Tastes {
  /** Where a token's numbers begin in `values`; the oldest token first. */
  readonly starts: Map<number, number>;
  /** At `start`, and the next three: `EXPOSURES`, `RESIDUAL`, `CLICKED`, `SKIPPED`. */
  values: Float64Array;
}

export const EXPOSURES = 0;
/** Clicks minus the clicks expected of these items for this user. */
export const RESIDUAL = 1;
/** Sums of the token's weight in the unit token vectors of clicked and of shown-but-not-clicked items: their dot product with an item's vector is a sum of cosines. */
export const CLICKED = 2;
export const SKIPPED = 3;
const NUMBERS = 4;

/** A token with its four numbers. */
export type TasteEntry = readonly [
  token: number,
  exposures: number,
  residual: number,
  clicked: number,
  skipped: number,
];

/** Tokens that a new user has room for. */
const ROOM = 8;

export const createTastes = (): Tastes => ({ starts: new Map(), values: new Float64Array(0) });

export const copyOfTastes = ({ starts, values }: Tastes): Tastes => ({
  starts: new Map(starts),
  values: values.slice(),
});

/** Where a token's numbers begin: zeros at first sight, in the place of the oldest token where there are `limit` of them. May put another array in the place of `values`. */
export function tasteStart(tastes: Tastes, token: number, limit: number): number {
  const known = tastes.starts.get(token);
  if (known !== undefined) return known;
  const start = tastes.starts.size < limit ? roomFor(tastes) : evictOldest(tastes);
  tastes.starts.set(token, start);
  return start;
}

function roomFor(tastes: Tastes): number {
  const start = tastes.starts.size * NUMBERS;
  if (start === tastes.values.length) {
    const larger = new Float64Array(Math.max(ROOM * NUMBERS, 2 * start));
    larger.set(tastes.values);
    tastes.values = larger;
  }
  return start;
}

function evictOldest({ starts, values }: Tastes): number {
  for (const [token, start] of starts) {
    starts.delete(token);
    values.fill(0, start, start + NUMBERS);
    return start;
  }
  throw new RangeError('tasteStart: expected room for one token at least, found a limit of 0');
}

export const tasteEntries = ({ starts, values }: Tastes): TasteEntry[] =>
  Array.from(
    starts,
    ([token, start]): TasteEntry => [
      token,
      values[start + EXPOSURES],
      values[start + RESIDUAL],
      values[start + CLICKED],
      values[start + SKIPPED],
    ],
  );

export function tastesOf(entries: readonly TasteEntry[]): Tastes {
  const tastes = createTastes();
  for (const [token, ...numbers] of entries) {
    const start = tasteStart(tastes, token, Number.POSITIVE_INFINITY);
    tastes.values.set(numbers, start);
  }
  return tastes;
}
