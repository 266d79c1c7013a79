/** Persons who were erased, and of whom the journal has only a print: by it a model that learned of them before forgets them too. */
import { createHash } from 'node:crypto';
import type { Memory } from '../../memory/memory.ts';
import type { ReadableJournal } from '../journal/contract.ts';

export const printOf = (user: string): string => createHash('sha256').update(`slatewise user ${user}`).digest('hex');

/** Digits of a print that make a number without loss: few bytes for each of a million users. */
const DIGITS = 13;
const numberOf = (print: string): number => Number.parseInt(print.slice(0, DIGITS), 16);

/**
 * Lets a memory forget the person of a print; returns whom, if it knew one. Who is meant is looked up among those who were known at the first call: entries before that of an
 * erasing have lost their person, so nobody who comes later can be meant.
 */
export function createPrintedForgetting(memory: Memory): (print: string) => string | undefined {
  let known: ReadonlyMap<number, string> | undefined;
  return (print) => {
    known ??= new Map(Array.from(memory.knownUsers(), (user) => [numberOf(printOf(user)), user] as const));
    const user = known.get(numberOf(print));
    if (user === undefined || printOf(user) !== print) return undefined;
    return memory.forgetUser(user) ? user : undefined;
  };
}

/**
 * Who was erased of those whom a memory knows, and whom it does not know any more as of a later snapshot: its folder is a copy of before. The entries are read only where there is
 * anybody who may be meant.
 */
export async function erasedMeanwhile(
  { before, later }: { readonly before: Memory; readonly later: Memory },
  journal: ReadableJournal,
): Promise<readonly string[]> {
  const known = later.knownUsers();
  const gone = new Map<string, string>();
  for (const user of before.knownUsers()) if (!known.has(user)) gone.set(printOf(user), user);
  if (gone.size === 0) return [];
  const erased = new Set<string>();
  for await (const entries of journal.entriesAfter(await journal.startOf(Number.POSITIVE_INFINITY))) {
    for (const entry of entries) {
      const user = entry.kind === 'erased' ? gone.get(entry.print) : undefined;
      if (user !== undefined) erased.add(user);
    }
  }
  return [...erased];
}
