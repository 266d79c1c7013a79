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
