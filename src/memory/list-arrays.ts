/** Arrays that lists have in common: most lists stand at the places 0 to K - 1 and have no click, and there may be a million of them. Nobody writes to a shared array. */

/** By K. */
const noMarksOf: (readonly number[])[] = [];
const placesOf: (readonly number[])[] = [];
/** Longer lists are rare, and have arrays of their own. */
const MOST_SHARED = 1024;

/** K flags, none of them set. */
export const noMarks = (K: number): readonly number[] => shared(noMarksOf, K, () => 0);

/** The flags with that of one place set. */
export function marked(flags: readonly number[], k: number): readonly number[] {
  const own = [...flags];
  own[k] = 1;
  return own;
}

/** Positions as they are: the shared ones where they are 0 to K - 1. */
export const sharedPlaces = (positions: readonly number[]): readonly number[] =>
  positions.every((position, k) => position === k) ? shared(placesOf, positions.length, (k) => k) : positions;

function shared(arrays: (readonly number[])[], K: number, valueAt: (k: number) => number): readonly number[] {
  const known = arrays[K];
  if (known) return known;
  const made = Object.freeze(Array.from({ length: K }, (_, k) => valueAt(k)));
  if (K <= MOST_SHARED) arrays[K] = made;
  return made;
}
