import type { JoinableList, ListForm } from './joined.ts';

/** What is remembered of a list that is closed: enough to tell whether another of its id is the same. */
interface ClosedList {
  readonly time: number;
  readonly print: number;
  /** Another of the same id, that was closed before. */
  readonly before: ClosedList | undefined;
}

/** Lists that were closed, by id; of a million ids, so that memory is bounded. Of those before them a repeated list would pass for a new one. */
export interface ClosedLists<L extends JoinableList> {
  add(list: L): void;
  /** Whether a list of this id was closed. */
  has(id: string): boolean;
  /** Whether this very list was: the same id, time, user and items. */
  hasSame(list: L): boolean;
  /** Times of the closed lists of an id, in the order in which they were closed. */
  timesOf(id: string): readonly number[];
}

const LIMIT = 1_000_000;

export function createClosedLists<L extends JoinableList>(
  { idOf, printOf }: Pick<ListForm<L>, 'idOf' | 'printOf'>,
  limit: number = LIMIT,
): ClosedLists<L> {
  const closed = new Map<string, ClosedList>();
  return {
    add(list) {
      const id = idOf(list);
      closed.set(id, { time: list.time, print: printOf(list), before: closed.get(id) });
      if (closed.size <= limit) return;
      const [oldest] = closed.keys();
      closed.delete(oldest);
    },
    has: (id) => closed.has(id),
    hasSame(list) {
      let known = closed.get(idOf(list));
      if (known === undefined) return false;
      const print = printOf(list);
      for (; known; known = known.before) if (known.time === list.time && known.print === print) return true;
      return false;
    },
    timesOf(id) {
      const times: number[] = [];
      for (let known = closed.get(id); known; known = known.before) times.unshift(known.time);
      return times;
    },
  };
}
