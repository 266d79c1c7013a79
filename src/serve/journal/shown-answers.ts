import type { AnsweredList } from '../../slate/answered-list.ts';
import type { RankingEvent } from '../../slate/events.ts';

/** The answers of which it is not known yet whether they were shown. */
export interface ShownAnswers {
  add(answer: AnsweredList): void;
  /** The answer that this list shows: of the same id and user, with the same items in the same order. It is forgotten then. */
  take(shown: RankingEvent): AnsweredList | undefined;
}

/** Answers that are kept in mind; those beyond are forgotten, the oldest first. */
const LIMIT = 100_000;

export function createShownAnswers(limit: number = LIMIT): ShownAnswers {
  const waiting = new Map<string, AnsweredList[]>();
  let count = 0;

  function forget(id: string): void {
    count -= waiting.get(id)?.length ?? 0;
    waiting.delete(id);
  }

  return {
    add(answer) {
      const same = waiting.get(answer.id) ?? [];
      waiting.set(answer.id, same);
      same.push(answer);
      count++;
      for (const oldest of waiting.keys()) {
        if (count <= limit || oldest === answer.id) break;
        forget(oldest);
      }
    },
    take(shown) {
      // Asked twice, the later one was shown, where both could be.
      const found = waiting.get(shown.id)?.findLast((answer) => isShownBy(answer, shown));
      if (found) forget(shown.id);
      return found;
    },
  };
}

const isShownBy = ({ user, items }: AnsweredList, shown: RankingEvent): boolean =>
  user === shown.user && items.length === shown.items.length && items.every(({ id }, k) => id === shown.items[k].id);

/**
 * The list with what is known of how it came about, unless it says so itself. Its items get their propensities only where all candidates are on it: those of a log are given
 * the set of items shown, which chance decided too where it was larger.
 */
export function withAnswer(shown: RankingEvent, answer: AnsweredList): RankingEvent {
  const { policy, variant, propensity, items, candidates } = answer;
  const isWhole = items.length === candidates.length;
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(variant === undefined ? {} : { variant }),
    ...(propensity === undefined ? {} : { propensity }),
    ...shown,
    items: isWhole ? shown.items.map((item, k) => ({ ...propensitiesOf(items[k]), ...item })) : shown.items,
  };
}

const propensitiesOf = ({
  propensity,
  placePropensity,
}: AnsweredList['items'][number]): Pick<RankingEvent['items'][number], 'propensity' | 'placePropensity'> => ({
  ...(propensity === undefined ? {} : { propensity }),
  ...(placePropensity === undefined ? {} : { placePropensity }),
});
