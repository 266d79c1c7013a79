/** What `diagnose` trains, chosen by the size of the log: the same log has the same plan on every machine. */
import { formatShare } from './format-share.ts';

export interface LogSize {
  /** Training lists, and the items on them. */
  readonly lists: number;
  readonly shownItems: number;
  /** Epochs of the recipe. */
  readonly epochs: number;
}

export interface DiagnosisPlan {
  /** Training lists that are used at all: as many as the log has unless it is very large. */
  readonly lists: number;
  /** Growing parts of them, ascending; the last is 1. */
  readonly shares: readonly number[];
  /** Most epochs of a training on all of them. */
  readonly epochs: number;
  /** The part on which second tasks and cleaned data are compared: one of `shares`. */
  readonly studied: number;
  /** Lists on which training goes on to its end without any regularisation. */
  readonly bareLists: number;
  /** One sentence each: what of this is less than the log would allow. */
  readonly subsampled: readonly string[];
}

/** Items that are read in one training, over its epochs, at most: about a minute of one core. */
const MOST_READ = 3.5e6;
const FEWEST_EPOCHS = 4;
/** Items that are trained on at all. */
const MOST_ITEMS = MOST_READ / FEWEST_EPOCHS;
/** Items of a training that is made a dozen times, and of one that is made two dozen times. */
const STUDIED_ITEMS = 2.5e4;
const BARE_ITEMS = 8e3;
/** Fewer lists teach nothing that could be compared. */
const FEWEST_LISTS = 20;

export function planDiagnosis({ lists: all, shownItems, epochs: asked }: LogSize): DiagnosisPlan {
  const length = shownItems / all;
  const lists = Math.min(all, Math.floor(MOST_ITEMS / length));
  const epochs = Math.max(Math.min(asked, FEWEST_EPOCHS), Math.min(asked, Math.floor(MOST_READ / (lists * length))));
  const shares = [1 / 8, 1 / 4, 1 / 2, 1].filter((share) => share === 1 || share * lists >= FEWEST_LISTS);
  const studied = shares.findLast((share) => share * lists * length <= STUDIED_ITEMS) ?? shares[0];
  const bareLists = Math.min(lists, Math.max(FEWEST_LISTS, Math.floor(BARE_ITEMS / length)));
  const subsampled = [
    ...(lists < all ? [`Of ${all} training lists ${lists} were used, drawn anew for each seed.`] : []),
    ...(epochs < asked ? [`Trainings on all of them ended after ${epochs} epochs instead of ${asked}.`] : []),
    ...(studied < 1
      ? [
          `Second tasks and cleaned data were compared on ${formatShare(studied)} of the training lists, ${Math.round(studied * lists)}.`,
        ]
      : []),
    ...(bareLists < all ? [`Trainings without regularisation read ${bareLists} of ${all} training lists.`] : []),
  ];
  return { lists, shares, epochs, studied, bareLists, subsampled };
}

/** Lists of a share of those that are used. */
export const sharedLists = ({ lists }: DiagnosisPlan, share: number): number => Math.round(share * lists);
