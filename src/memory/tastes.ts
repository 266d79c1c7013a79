/**
 * What one user did with the items that carry each token (a category or tag value): four numbers a token, end to end in one array, since they are looked up for every item
 * of every list and lie nowhere near each other as objects. Plain data, as all of the state.
 */
import { copyOfRing, createKeyRing, eachPlace, type KeyRing, keyPlace, newKeyPlace } from './key-ring.ts';

export interface Tastes {
  /** The tokens: the numbers of that in place p begin at 4 p. */
  readonly tokens: KeyRing;
  /** At a token's start, and the next three: `EXPOSURES`, `RESIDUAL`, `CLICKED`, `SKIPPED`. */
  readonly values: number[];
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

export const createTastes = (): Tastes => ({ tokens: createKeyRing(), values: [] });

export const copyOfTastes = ({ tokens, values }: Tastes): Tastes => ({
  tokens: copyOfRing(tokens),
  values: values.slice(),
});

/** Where a token's numbers begin; negative for one that is not there. */
export const knownStart = ({ tokens }: Tastes, token: number): number => NUMBERS * keyPlace(tokens, token);

/** Where a token's numbers begin: zeros at first sight, in the place of the oldest token where there are `limit` of them.  */
export function tasteStart(tastes: Tastes, token: number, limit: number): number {
  const known = knownStart(tastes, token);
  if (known >= 0) return known;
  if (limit < 1) throw new RangeError('tasteStart: expected room for one token at least, found a limit of 0');
  const start = NUMBERS * newKeyPlace(tastes.tokens, token, limit);
  for (let at = start; at < start + NUMBERS; at++) tastes.values[at] = 0;
  return start;
}

export function tasteEntries({ tokens, values }: Tastes): TasteEntry[] {
  const entries: TasteEntry[] = [];
  eachPlace(tokens, (place) => {
    const start = NUMBERS * place;
    entries.push([
      tokens.keys[place],
      values[start + EXPOSURES],
      values[start + RESIDUAL],
      values[start + CLICKED],
      values[start + SKIPPED],
    ]);
  });
  return entries;
}

export function tastesOf(entries: readonly TasteEntry[]): Tastes {
  const tastes = createTastes();
  for (const [token, ...numbers] of entries) {
    const start = tasteStart(tastes, token, Number.POSITIVE_INFINITY);
    for (const [at, number] of numbers.entries()) tastes.values[start + at] = number;
  }
  return tastes;
}
