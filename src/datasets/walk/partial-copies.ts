/** Legend: K slate. */
import { createRng, type Rng } from '../../random/rng.ts';
import type { Impression } from '../../slate/impression.ts';

/** A list of which only some items are known: what a generator sees halfway. */
export interface PartialCopy {
  /** The items shown, each at its own place of the whole list and with its own click. */
  readonly impression: Impression;
  /** Items of the list that are not shown. */
  readonly hidden: number;
}

export interface PartialCopiesOptions {
  /** Index of the list in its data set: the draws follow from it and from nothing else. */
  readonly list: number;
  readonly count: number;
}

/**
 * Partial copies of a list of K items: m of them shown, m uniform in 1..K-1; one half of the copies (by a fair coin) show the first m, as a generator that fills a page
 * from the top, the other half any m, as where pinned items stand further down. A list of one item has none.
 */
export function partialCopies(impression: Impression, { list, count }: PartialCopiesOptions): readonly PartialCopy[] {
  const K = impression.ranking.items.length;
  if (K < 2 || count === 0) return [];
  const rng = draws.split(list);
  return Array.from({ length: count }, (_, copy) => partialCopy(impression, shownPlaces(rng.split(copy), K)));
}

const draws = createRng('partial copies');

/** Ascending indices of the items shown. */
function shownPlaces(rng: Rng, K: number): readonly number[] {
  const shown = 1 + rng.integer(K - 1);
  const places = Array.from({ length: K }, (_, k) => k);
  if (rng.next() >= 0.5) rng.shuffle(places);
  return places.slice(0, shown).sort((a, b) => a - b);
}

function partialCopy({ ranking, clickTimesK }: Impression, shown: readonly number[]): PartialCopy {
  const { items } = ranking;
  return {
    impression: {
      ranking: { ...ranking, items: shown.map((k) => ({ ...items[k], position: items[k].position ?? k })) },
      clickTimesK: Float64Array.from(shown, (k) => clickTimesK[k]),
    },
    hidden: items.length - shown.length,
  };
}
