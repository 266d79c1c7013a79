/** Calls whose entries wait to be written: those that wait while a group is written are the next group. */
import type { Committed } from './contract.ts';
import type { EntryContent } from './entry.ts';
import { JournalUnavailable } from './journal-unavailable.ts';

export interface WaitingCall {
  readonly contents: readonly EntryContent[];
  readonly committed: Committed;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface WaitingCalls {
  readonly isEmpty: boolean;
  /** Resolves once its entries are written and told. Throws `JournalUnavailable` where too many wait. */
  add(contents: readonly EntryContent[], committed: Committed): Promise<void>;
  /** The oldest of them, to be written together. */
  nextGroup(): readonly WaitingCall[];
}

/** Entries that may wait; those beyond are refused. */
const WAITING = 100_000;
/** Entries of a group, unless one call has more. */
const GROUP = 512;

export function createWaitingCalls(limit: number = WAITING): WaitingCalls {
  let queue: WaitingCall[] = [];
  let waiting = 0;
  return {
    get isEmpty() {
      return queue.length === 0;
    },
    add(contents, committed) {
      if (waiting + contents.length > limit) throw new JournalUnavailable(`${waiting} events wait already`);
      waiting += contents.length;
      return new Promise<void>((resolve, reject) => void queue.push({ contents, committed, resolve, reject }));
    },
    nextGroup() {
      let count = 0;
      let at = 0;
      while (at < queue.length && (at === 0 || count + queue[at].contents.length <= GROUP))
        count += queue[at++].contents.length;
      const group = queue.slice(0, at);
      queue = queue.slice(at);
      waiting -= count;
      return group;
    },
  };
}
