import { wrongAnswer } from '../slate/own-function.ts';

/** What a mean over lists is divided by, read off what was shown and clicked: it is known before anything is computed, and is the same for every way to cut a batch. */

/** A list as a loss counts it. */
export interface ListCounts {
  /** Items shown; 0 of a list that is padding alone. */
  readonly items: number;
  readonly clicks: number;
}

/** How much of a list a loss's mean is over: 0 or more. */
export type CountOfList = (list: ListCounts) => number;

/** The mean over shown items. */
export const perItem: CountOfList = ({ items }) => items;

/** The mean over lists that have an item. */
export const perList: CountOfList = ({ items }) => Math.min(items, 1);

/** The mean over lists with a click: the others have nothing to teach. */
export const perClickedList: CountOfList = ({ clicks }) => Math.min(clicks, 1);

/** The mean over lists with an item that was clicked and one that was not. */
export const perMixedList: CountOfList = ({ items, clicks }) => Math.min(clicks, items - clicks, 1);

/** The mean over pairs of an item that was clicked and one that was not. */
export const perPair: CountOfList = ({ items, clicks }) => clicks * (items - clicks);

/** Lists of every sort, one of none among them. */
const SORTS = [0, 1, 2, 3, 5, 10, 30, 100];

/**
 * Throws `InputError` where a loss counts nothing of any list: it would be trained for nothing. Asked of lists of up to 100 items with any number of clicks; what each count must be is
 * judged wherever a loss of a caller's own counts.
 */
export function checkCounts<Options>(
  loss: { readonly name: string; counts(list: ListCounts, options: Options): number },
  options: Options,
): void {
  const lists = SORTS.flatMap((items) =>
    SORTS.filter((clicks) => clicks <= items).map((clicks) => ({ items, clicks })),
  );
  const counts = lists.map((list) => loss.counts(list, options));
  if (!counts.some((count) => count > 0))
    throw wrongAnswer({ word: 'loss', name: loss.name, part: 'counts' }, 'more than 0 for some list', 0);
}
