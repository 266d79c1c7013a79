/** What one call may hold at most. */

/** Lists of a call. */
export const MOST_LISTS = 100;
/** Items, or candidates, of one list: as many as a model takes. */
export const MOST_ITEMS = 4000;
/** Items of all lists of a call. */
export const MOST_ITEMS_OF_CALL = 20_000;
/** Items of a list that is explained: each of them is left out in turn. */
export const MOST_EXPLAINED = 50;
export const MOST_EVENTS = 1000;
/** Letters of an id, and of a name. */
export const LONGEST_ID = 512;
/** Letters of a value of a field. */
export const LONGEST_TEXT = 10_000;
export const MOST_FIELDS = 1000;
/** Milliseconds that an answer may be asked for. */
export const LONGEST_DEADLINE = 30_000;
/** Items that may be exchanged for one of a list. */
export const MOST_SWAPS = 500;
/** Letters of what is looked for. */
export const LONGEST_SEARCH = 200;
/** Items or users that are found. */
export const MOST_FOUND = 100;
/** Items or users that are looked through: some milliseconds. */
export const MOST_LOOKED_THROUGH = 100_000;
/** Lists that the page begins with. */
export const MOST_STARTS = 1000;
/** Lists that were answered last and are still told. */
export const MOST_RECENT = 50;
