/** The lists that were answered last, and whether they were shown and clicked. In mind only: a start begins without any. */
import type { VariantNames } from '../../slate/experiment.ts';
import type { AskedList } from '../client/body-types.ts';
import type { JournalEntry } from '../journal/entry.ts';

/** An answer as its caller got it. */
export interface AnsweredNow {
  readonly request: AskedList & { readonly id: string };
  readonly asked: 'generate' | 'rank';
  readonly model: string;
  readonly items: readonly { readonly item: string; readonly probability: number | null }[];
  readonly experiments?: VariantNames | undefined;
}

export interface RecentList extends AnsweredNow {
  /** Epoch milliseconds. */
  readonly at: number;
  /** A list of the same id was told as shown. */
  readonly isShown: boolean;
  /** Items that were clicked. */
  readonly clicked: readonly string[];
}

export interface RecentLists {
  add(answer: AnsweredNow, at: number): void;
  enter(entry: JournalEntry): void;
  /** The latest first. */
  latest(limit: number): readonly RecentList[];
}

interface Kept extends AnsweredNow {
  readonly at: number;
  isShown: boolean;
  readonly clicked: Set<string>;
}

export function createRecentLists(limit: number, labelTypes: () => readonly string[]): RecentLists {
  const byId = new Map<string, Kept>();
  return {
    add(answer, at) {
      // One that is asked for again is the latest.
      byId.delete(answer.request.id);
      byId.set(answer.request.id, { ...answer, at, isShown: false, clicked: new Set() });
      for (const oldest of byId.keys()) {
        if (byId.size <= limit) break;
        byId.delete(oldest);
      }
    },
    enter(entry) {
      if (entry.kind === 'erase')
        for (const [id, { request }] of byId) if (String(request.user ?? '') === entry.user) byId.delete(id);
      if (entry.kind !== 'event') return;
      const { event } = entry;
      if (event.event === 'ranking') {
        const kept = byId.get(event.id);
        if (kept) kept.isShown = true;
      } else if (event.event === 'interaction' && labelTypes().includes(event.type))
        byId.get(event.ranking)?.clicked.add(event.item);
    },
    latest: (most) =>
      [...byId.values()]
        .slice(-most)
        .reverse()
        .map((kept) => ({ ...kept, clicked: [...kept.clicked] })),
  };
}
