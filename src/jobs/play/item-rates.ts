/** How often each item was clicked where it was shown. */
export interface ItemRates {
  /** A list was shown, and these of its items were clicked. */
  saw(shown: readonly string[], clicked: readonly string[]): void;
  /** The `size` items with the highest rates, best first; of equal ones the earlier. */
  best(ids: readonly string[], size: number): readonly string[];
}

/** Showings at the mean rate that every item starts with: one click on a new item is no rate of 100 %. */
const PRIOR = 20;

/** What a shop would know that counts clicks and nothing else. */
export function createItemRates(): ItemRates {
  const shownOf = new Map<string, number>();
  const clicksOf = new Map<string, number>();
  let shows = 0;
  let clicks = 0;
  const add = (counts: Map<string, number>, id: string): void => void counts.set(id, (counts.get(id) ?? 0) + 1);
  const rateOf = (id: string): number => {
    const mean = shows === 0 ? 0 : clicks / shows;
    return ((clicksOf.get(id) ?? 0) + PRIOR * mean) / ((shownOf.get(id) ?? 0) + PRIOR);
  };
  return {
    saw(shown, clicked) {
      for (const id of shown) add(shownOf, id);
      for (const id of clicked) add(clicksOf, id);
      shows += shown.length;
      clicks += clicked.length;
    },
    best: (ids, size) =>
      ids
        .map((id) => ({ id, rate: rateOf(id) }))
        .sort((a, b) => b.rate - a.rate)
        .slice(0, size)
        .map(({ id }) => id),
  };
}
