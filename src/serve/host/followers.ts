import type { Journal } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Followed, Follower } from './follower.ts';

/** What a memory that catches up made of an entry. */
export type Told = (entry: JournalEntry, followed: Followed) => void;

/** The memories that are up to date. */
export interface Followers {
  /** The next entry enters all of them; what the first makes of it is told. */
  apply(entry: JournalEntry): Followed;
  /** Brings a memory up to now, while events come, and lets it follow from then on. Answers are given meanwhile. */
  join(follower: Follower, told?: Told): Promise<void>;
  /** Lets it tell what becomes of events. */
  putFirst(follower: Follower): void;
  leave(follower: Follower): void;
  all(): readonly Follower[];
}

/** Entries that enter before others get their turn. */
const AT_ONCE = 128;

export function createFollowers(journal: Pick<Journal, 'sequence' | 'entriesAfter'>): Followers {
  let followers: readonly Follower[] = [];
  /** What was told since, to those that are nearly up to date. */
  const joining = new Map<Follower, JournalEntry[]>();

  async function enter(follower: Follower, entries: readonly JournalEntry[], told: Told | undefined): Promise<void> {
    for (let from = 0; from < entries.length; from += AT_ONCE) {
      for (const entry of entries.slice(from, from + AT_ONCE)) {
        const followed = follower.apply(entry);
        told?.(entry, followed);
      }
      await new Promise(setImmediate);
    }
  }

  async function readUpTo(follower: Follower, sequence: number, told: Told | undefined): Promise<void> {
    if (follower.sequence >= sequence) return;
    for await (const entries of journal.entriesAfter(follower.sequence)) {
      const wanted = entries.filter((entry) => entry.sequence <= sequence);
      await enter(follower, wanted, told);
      if (follower.sequence >= sequence) return;
    }
  }

  return {
    apply(entry) {
      for (const held of joining.values()) held.push(entry);
      const [first, ...others] = followers;
      const followed = first.apply(entry);
      for (const other of others) other.apply(entry);
      return followed;
    },
    async join(follower, told) {
      await readUpTo(follower, journal.sequence, told);
      // What comes from here on is held, so that it ends however fast events come.
      const held: JournalEntry[] = [];
      joining.set(follower, held);
      try {
        await readUpTo(follower, journal.sequence, told);
        while (held.length > 0) await enter(follower, held.splice(0), told);
      } finally {
        joining.delete(follower);
      }
      followers = [...followers, follower];
    },
    putFirst(follower) {
      followers = [follower, ...followers.filter((each) => each !== follower)];
    },
    leave(follower) {
      followers = followers.filter((each) => each !== follower);
    },
    all: () => followers,
  };
}
