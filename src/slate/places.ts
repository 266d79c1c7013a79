/**
 * A slate being composed, by place on the page: K entries, each the index of a candidate or `EMPTY`. Whole when nothing is empty; partial while a generator works on it,
 * where pinned items may stand behind empty places.
 */
export type Places = Int32Array;

export const EMPTY = -1;

export const isWhole = (places: Places): boolean => !places.includes(EMPTY);

/** The place that is filled next, from the top of the page; -1 when the slate is whole. */
export const firstEmpty = (places: Places): number => places.indexOf(EMPTY);

/** How many places are filled. */
export function countItems(places: Places): number {
  let count = 0;
  for (let place = 0; place < places.length; place++) count += +(places[place] !== EMPTY);
  return count;
}
