import type { RankingEvent } from '../../slate/events.ts';
import { listPrint } from '../../slate/list-print.ts';

/** What is remembered of a list that is closed: enough to tell whether another of its id is the same. */
interface ClosedList {
  readonly time: number;
  readonly print: number;
}

/** Lists that were closed, by id; of a million ids, so that memory is bounded. Of those before them a repeated list would pass for a new one. */
export interface ClosedLists {
  add(ranking: RankingEvent): void;
  /** Whether a list of this id was closed. */
  has(id: string): boolean;
  /** Whether this very list was: the same id, time, user and items. */
  hasSame(ranking: RankingEvent): boolean;
  /** Times of the closed lists of an id. */
  timesOf(id: string): readonly number[];
}

const LIMIT = 1_000_000;

export function createClosedLists(limit: number = LIMIT): ClosedLists {
  const closed = new Map<string, readonly ClosedList[]>();
  return {
    add(ranking) {
      const { id, time } = ranking;
      closed.set(id, [...(closed.get(id) ?? []), { time, print: listPrint(ranking) }]);
      if (closed.size <= limit) return;
      const [oldest] = closed.keys();
      closed.delete(oldest);
    },
    has: (id) => closed.has(id),
    hasSame(ranking) {
      const known = closed.get(ranking.id);
      if (known === undefined) return false;
      const print = listPrint(ranking);
      return known.some((each) => each.time === ranking.time && each.print === print);
    },
    timesOf: (id) => (closed.get(id) ?? []).map(({ time }) => time),
  };
}
