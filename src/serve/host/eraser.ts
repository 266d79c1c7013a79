import type { Journal } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { JournalStore } from '../journal/store.ts';
import { withoutPerson } from './erase.ts';
import type { Followed } from './follower.ts';

export interface Eraser {
  erase(user: string): Promise<boolean>;
  /** Erases whom a crash left half erased. */
  finish(): Promise<void>;
  /** Another process erases somebody, whom the memories have just forgotten: the snapshots do too. */
  follow(): Promise<void>;
}

export interface EraserOptions {
  readonly store: JournalStore;
  readonly journal: Journal;
  /** Lets a written entry enter the memories. */
  readonly apply: (entry: JournalEntry) => Followed;
  /** Writes a snapshot of the memories as they are now, in the place of all others. */
  readonly snapshot: () => Promise<void>;
  /** Erases a person from the folders of the models. True where any knew the person. */
  readonly eraseFromModels: (user: string) => Promise<boolean>;
}

/** Is there while anybody is being erased. */
const MARK = 'erasing';

/**
 * The order matters: once entries are rewritten, nobody could compute from them what the memories knew. So the snapshot comes before, and after a crash the start goes on from
 * it, or from one before with the entries as they were.
 */
export function createEraser({ store, journal, apply, snapshot, eraseFromModels }: EraserOptions): Eraser {
  let before: Promise<unknown> = Promise.resolve();
  /** Whose entries may be there still, each up to a sequence. */
  const unfinished = new Map<string, number>();

  function alone<T>(act: () => Promise<T>): Promise<T> {
    const running = before.then(act);
    before = running.catch(() => undefined);
    return running;
  }

  async function rewrite(): Promise<boolean> {
    await snapshot();
    let wasThere = false;
    // While an entry still says whom: what a crash or a fault leaves undone is found by it.
    for (const user of unfinished.keys()) if (await eraseFromModels(user)) wasThere = true;
    await journal.rewrite(
      (entry) => {
        let left: JournalEntry = entry;
        for (const [user, last] of unfinished) {
          if (entry.sequence > last) continue;
          const content = withoutPerson(left, user);
          if (content === left) continue;
          wasThere ||= entry.kind === 'event' || entry.kind === 'answer' || entry.kind === 'shadow';
          left = { ...content, sequence: entry.sequence, arrivedAt: entry.arrivedAt };
        }
        return left;
      },
      Math.max(0, ...unfinished.values()),
    );
    unfinished.clear();
    await store.remove(MARK);
    await store.syncNames();
    return wasThere;
  }

  return {
    follow: () => alone(snapshot),
    erase: (user) =>
      alone(async () => {
        await (await store.append(MARK)).close();
        await store.syncNames();
        let isKnown = false;
        await journal.append([{ kind: 'erase', user }], (entry) => {
          unfinished.set(user, entry.sequence);
          const followed = apply(entry);
          isKnown = 'applied' in followed && followed.applied === 'taken';
        });
        const wasThere = await rewrite();
        return isKnown || wasThere;
      }),
    finish: () =>
      alone(async () => {
        if (!(await store.list()).includes(MARK)) return;
        const start = await journal.startOf(Number.POSITIVE_INFINITY);
        for await (const entries of journal.entriesAfter(start))
          for (const entry of entries) if (entry.kind === 'erase') unfinished.set(entry.user, entry.sequence);
        await rewrite();
      }),
  };
}
