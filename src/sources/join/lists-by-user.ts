import type { JoinableList, ListForm } from './joined.ts';

/** Open lists of each user in the order of their times, for interactions that name a user and an item but no list. */
export interface ListsByUser<L extends JoinableList> {
  add(list: L): void;
  remove(list: L): void;
  /** The latest lists of the user with the item from `from` to `to`: none, one, or several of the same time. */
  latest(asked: {
    readonly user: string;
    readonly item: string;
    readonly from: number;
    readonly to: number;
  }): readonly L[];
}

export function createListsByUser<L extends JoinableList>({ userOf, placeIn }: ListForm<L>): ListsByUser<L> {
  const lists = new Map<string, L[]>();
  return {
    add(list) {
      const user = userOf(list);
      if (user === '') return;
      const known = lists.get(user);
      if (known) known.splice(firstAfter(known, list.time), 0, list);
      else lists.set(user, [list]);
    },
    remove(list) {
      const user = userOf(list);
      const known = lists.get(user);
      const at = known?.indexOf(list) ?? -1;
      if (!known || at < 0) return;
      if (known.length === 1) lists.delete(user);
      else known.splice(at, 1);
    },
    latest({ user, item, from, to }) {
      const known = lists.get(user) ?? [];
      const found: L[] = [];
      for (let at = firstAfter(known, to) - 1; at >= 0 && known[at].time >= from; at--) {
        if (found.length > 0 && known[at].time < found[0].time) break;
        if (placeIn(known[at], item) >= 0) found.push(known[at]);
      }
      return found;
    },
  };
}

/** Index of the first list later than a time, by bisection. */
function firstAfter(lists: readonly JoinableList[], time: number): number {
  let [low, high] = [0, lists.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lists[middle].time <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
