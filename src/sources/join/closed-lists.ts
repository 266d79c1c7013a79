import type { RankingEvent } from '../../slate/events.ts';

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
      closed.set(id, [...(closed.get(id) ?? []), { time, print: printOf(ranking) }]);
      if (closed.size <= limit) return;
      const [oldest] = closed.keys();
      closed.delete(oldest);
    },
    has: (id) => closed.has(id),
    hasSame(ranking) {
      const known = closed.get(ranking.id);
      if (known === undefined) return false;
      const print = printOf(ranking);
      return known.some((each) => each.time === ranking.time && each.print === print);
    },
    timesOf: (id) => (closed.get(id) ?? []).map(({ time }) => time),
  };
}

/** User and items as one number (FNV-1a over their letters). */
function printOf({ user, items }: RankingEvent): number {
  let hash = 0x811c9dc5;
  const mix = (text: string): void => {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0x10000, 0x01000193);
  };
  mix(user);
  for (const { id } of items) mix(id);
  return hash;
}
