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
