import type { JournalRecord } from '../../jobs/generators/evaluate-on-journal.ts';
import type { Memory } from '../../memory/memory.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import { createShownAnswers } from '../journal/shown-answers.ts';
import { createPrintedForgetting } from './printed-person.ts';

/**
 * A journal as `evaluateOnJournal` follows it: what a model knows already is not told to its memory again, and its answers are counted. It is read twice: what was never shown as
 * answered counts for nothing, and is known before anybody searches for other lists.
 */
export async function* judgedRecords(
  journal: ReadableJournal,
  { knownUntil }: { readonly knownUntil: number },
): AsyncGenerator<JournalRecord, void> {
  const answers = createShownAnswers();
  const forgetting = new Map<Memory, (print: string) => unknown>();
  /** As a server's memory does that follows the journal: whose entries are gone, the model may have learned of before. */
  function forgetPrinted(memory: Memory, print: string): void {
    const forget = forgetting.get(memory) ?? createPrintedForgetting(memory);
    forgetting.set(memory, forget);
    forget(print);
  }
  const { shown, last } = await shownAnswers(journal, knownUntil);
  for await (const entries of journal.entriesAfter(await journal.startOf(Number.POSITIVE_INFINITY))) {
    for (const entry of entries) {
      // A server may be writing: what came since the first reading is left for the next time.
      if (entry.sequence > last) return;
      const isKnown = entry.sequence <= knownUntil;
      if (entry.kind === 'answer') {
        if (!isKnown) answers.add(entry.answer);
        yield isKnown
          ? { kind: 'learned' }
          : { kind: 'answer', answer: entry.answer, isShown: shown.has(entry.sequence) };
      }
      if (isKnown) continue;
      if (entry.kind === 'erase') yield { kind: 'erase', forgetIn: (memory) => void memory.forgetUser(entry.user) };
      if (entry.kind === 'erased') yield { kind: 'erase', forgetIn: (memory) => forgetPrinted(memory, entry.print) };
      if (entry.kind === 'event') {
        const { event, arrivedAt } = entry;
        const shows = event.event === 'ranking' ? answers.take(event) : undefined;
        yield { kind: 'event', event, arrivedAt, ...(shows ? { shows } : {}) };
      }
    }
  }
}

/** Sequences of the answers that a list shows, and of the last entry. */
async function shownAnswers(
  journal: ReadableJournal,
  knownUntil: number,
): Promise<{ readonly shown: ReadonlySet<number>; readonly last: number }> {
  const answers = createShownAnswers();
  const sequences = new WeakMap<object, number>();
  const shown = new Set<number>();
  let last = 0;
  for await (const entries of journal.entriesAfter(await journal.startOf(Number.POSITIVE_INFINITY)))
    for (const entry of entries) {
      last = entry.sequence;
      if (last <= knownUntil) continue;
      if (entry.kind === 'answer') {
        const answer = { ...entry.answer, candidates: [] };
        sequences.set(answer, last);
        answers.add(answer);
      } else if (entry.kind === 'event' && entry.event.event === 'ranking') {
        const found = answers.take(entry.event);
        const sequence = found && sequences.get(found);
        if (sequence !== undefined) shown.add(sequence);
      }
    }
  return { shown, last };
}
