import type { Applied } from '../../memory/applied.ts';
import type { Memory } from '../../memory/memory.ts';
import { InputError } from '../../slate/input-error.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { createPrintedForgetting } from './printed-person.ts';

/** A memory that follows the journal: it is the fold of the entries up to its sequence. */
export interface Follower {
  /** Of its model. */
  readonly name: string;
  /** The same for memories that began alike and follow alike. */
  readonly key: string;
  readonly memory: Memory;
  /** Of the last entry that it knows. */
  readonly sequence: number;
  /** The next entry. Of one to forget a person `again` says that nothing was known. */
  apply(entry: JournalEntry): Followed;
}

/** What a memory made of an event. */
export type Followed = { readonly applied: Applied } | { readonly code: string; readonly message: string };

export interface FollowerOptions extends Pick<Follower, 'name' | 'key'> {
  /** Of the last entry that the memory knows already. */
  readonly sequence: number;
  /** Somebody was forgotten whom only the print of an entry tells: the memory began with what was learned before. */
  readonly forgot?: ((user: string) => void) | undefined;
}

export function createFollower(memory: Memory, { name, key, sequence, forgot }: FollowerOptions): Follower {
  let known = sequence;
  const forgetPrinted = createPrintedForgetting(memory);
  return {
    name,
    key,
    memory,
    get sequence() {
      return known;
    },
    apply(entry) {
      if (entry.sequence !== known + 1)
        throw new RangeError(`apply: expected entry ${known + 1}, found entry ${entry.sequence}`);
      known = entry.sequence;
      if (entry.kind !== 'erased') return follow(memory, entry);
      const user = forgetPrinted(entry.print);
      if (user !== undefined) forgot?.(user);
      return { applied: 'taken' };
    },
  };
}

function follow(memory: Memory, entry: JournalEntry): Followed {
  if (entry.kind === 'event') {
    try {
      return { applied: memory.apply(entry.event, entry.arrivedAt) };
    } catch (error) {
      if (error instanceof InputError) return { code: error.code, message: error.message };
      // The entry stays, and those after it must enter: what cannot is told to its sender.
      return { code: 'internal-error', message: `the memory: ${String(error)}; please report it` };
    }
  }
  if (entry.kind === 'erase') return { applied: memory.forgetUser(entry.user) ? 'taken' : 'again' };
  return { applied: 'taken' };
}
