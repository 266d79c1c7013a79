import type { JournalEntry } from '../journal/entry.ts';
import { createLiveMinutes, type LiveMinute, type VariantCount } from './live-minutes.ts';
import { type AnsweredNow, createRecentLists, type RecentList } from './recent-lists.ts';

/** What was answered, shown and clicked lately. */
export interface LiveWatch {
  /** Epoch milliseconds of the start. */
  readonly since: number;
  answered(lists: readonly AnsweredNow[]): void;
  enter(entry: JournalEntry): void;
  /** The lists that were answered last, the latest first. */
  recent(limit: number): readonly RecentList[];
  /** The last hour, the oldest first. */
  minutes(): readonly LiveMinute[];
  variants(): readonly VariantCount[];
}

/** `recent`: lists that are kept in mind. */
export function createLiveWatch({
  recent,
  labelTypes,
  now,
}: {
  readonly recent: number;
  readonly labelTypes: () => readonly string[];
  readonly now: () => number;
}): LiveWatch {
  const lists = createRecentLists(recent, labelTypes);
  const minutes = createLiveMinutes(labelTypes);
  return {
    since: now(),
    answered(answers) {
      for (const answer of answers) {
        lists.add(answer, now());
        minutes.answered(answer);
      }
    },
    enter(entry) {
      lists.enter(entry);
      minutes.enter(entry);
    },
    recent: lists.latest,
    minutes: () => minutes.minutes(now()),
    variants: minutes.variants,
  };
}
