/**
 * By what a journal is known again: when its entries arrived. That stays as it is when persons are erased and files are copied, and is another in every other journal, and in one
 * that went on otherwise from a copy.
 */
import { createHash } from 'node:crypto';
import type { JournalPosition } from '../../slate/journal-position.ts';
import type { ReadableJournal } from './contract.ts';
import type { JournalEntry } from './entry.ts';

/** Entries up to a position whose arrivals are its print: few, as the first ones of a journal in Redis go. */
const PRINTED = 100;

/** Follows the entries as they are read. */
export interface PositionReader {
  add(entry: JournalEntry): void;
  /** After the last entry so far; undefined before the first. */
  position(): JournalPosition | undefined;
}

export function createPositionReader(): PositionReader {
  let began: number | undefined;
  let latest: JournalEntry[] = [];
  return {
    add(entry) {
      began ??= entry.arrivedAt;
      latest.push(entry);
      if (latest.length > 2 * PRINTED) latest = latest.slice(-PRINTED);
    },
    position() {
      const last = latest.at(-1);
      return last && began !== undefined
        ? { sequence: last.sequence, began, print: printOf(latest.slice(-PRINTED)) }
        : undefined;
    },
  };
}

/**
 * What a journal has to do with the position: `same`, it has the entries up to it as they were; `changed`, it began as that one and has others now, or fewer; `other`, it is
 * another journal.
 */
export async function compareJournal(
  { sequence, began, print }: JournalPosition,
  journal: ReadableJournal,
): Promise<'same' | 'changed' | 'other'> {
  if ((await printUpTo(sequence, journal)) === print) return 'same';
  return (await beginning(journal)) === began ? 'changed' : 'other';
}

/** When the first entry that is there arrived; undefined where there is none. */
export async function beginning(journal: ReadableJournal): Promise<number | undefined> {
  for await (const [first] of journal.entriesAfter(await journal.startOf(Number.POSITIVE_INFINITY)))
    return first.arrivedAt;
  return undefined;
}

async function printUpTo(sequence: number, journal: ReadableJournal): Promise<string | undefined> {
  const from = Math.max(sequence - PRINTED, await journal.startOf(Number.POSITIVE_INFINITY));
  const found: JournalEntry[] = [];
  if (from >= sequence) return undefined;
  for await (const entries of journal.entriesAfter(from)) {
    for (const entry of entries) if (entry.sequence <= sequence) found.push(entry);
    if (found.length === sequence - from) return printOf(found);
  }
  return undefined;
}

const printOf = (entries: readonly JournalEntry[]): string =>
  createHash('sha256')
    .update(entries.map(({ sequence, arrivedAt }) => `${sequence} ${arrivedAt}`).join('\n'))
    .digest('base64url')
    .slice(0, 22);
