import type { RankedItem, RankingEvent } from './events.ts';

/**
 * A list with its items in the order in which they were shown: by their positions, the index in the list where one is absent; of equal ones in the order given. What is computed
 * of a list does not depend on the order in which it is written down.
 */
export function inShownOrder(ranking: RankingEvent): RankingEvent {
  const order = shownOrder(ranking.items);
  return order === undefined
    ? ranking
    : { ...ranking, items: order.map((k) => ({ position: k, ...ranking.items[k] })) };
}

/** Indices of the items as they were shown; undefined where they stand in this order already. */
export function shownOrder(items: readonly RankedItem[]): readonly number[] | undefined {
  const positions = items.map(({ position }, k) => position ?? k);
  if (positions.every((position, k) => k === 0 || positions[k - 1] <= position)) return undefined;
  return [...items.keys()].sort((a, b) => positions[a] - positions[b] || a - b);
}
