import type { JournalRecord } from '../../jobs/generators/evaluate-on-journal.ts';
import type { Memory } from '../../memory/memory.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import { createShownAnswers } from '../journal/shown-answers.ts';
import type { JudgedStart } from './judged-start.ts';
import { createPrintedForgetting } from './printed-person.ts';

/**
 * A journal as `evaluateOnJournal` follows it: what a model knows already is not told to its memory again, and its answers are counted. It is read twice: what was never shown as
 * answered counts for nothing, and is known before anybody searches for other lists.
 */
export async function* judgedRecords(
  journal: ReadableJournal,
  { knownUntil, learned }: Pick<JudgedStart, 'knownUntil' | 'learned'>,
): AsyncGenerator<JournalRecord, void> {
  const answers = createShownAnswers();
  const forgetting = new Map<Memory, (print: string) => unknown>();
  /** As a server's memory does that follows the journal: whose entries are gone, the model may have learned of before. */
  function forgetPrinted(memory: Memory, print: string): void {
    const forget = forgetting.get(memory) ?? createPrintedForgetting(memory);
    forgetting.set(memory, forget);
    forget(print);
  }
  const { shown, last } = await shownAnswers(journal);
  for await (const entries of journal.entriesAfter(await journal.startOf(Number.POSITIVE_INFINITY))) {
    for (const entry of entries) {
      // A server may be writing: what came since the first reading is left for the next time.
      if (entry.sequence > last) return;
      const isKnown = entry.sequence <= knownUntil;
      if (entry.kind === 'answer') {
        const { answer, sequence } = entry;
        const shownAt = shown.get(sequence);
        const isLearned = sequence <= learned.sequence && (shownAt ?? answer.time) <= learned.time;
        if (!isLearned) answers.add(answer);
        yield isLearned ? { kind: 'learned' } : { kind: 'answer', answer, isShown: shownAt !== undefined };
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

/** Sequences of the answers that a list shows, with its time, and of the last entry. */
async function shownAnswers(
  journal: ReadableJournal,
): Promise<{ readonly shown: ReadonlyMap<number, number>; readonly last: number }> {
  const answers = createShownAnswers();
  const sequences = new WeakMap<object, number>();
  const shown = new Map<number, number>();
  let last = 0;
  for await (const entries of journal.entriesAfter(await journal.startOf(Number.POSITIVE_INFINITY)))
    for (const entry of entries) {
      last = entry.sequence;
      if (entry.kind === 'answer') {
        const answer = { ...entry.answer, candidates: [] };
        sequences.set(answer, last);
        answers.add(answer);
      } else if (entry.kind === 'event' && entry.event.event === 'ranking') {
        const found = answers.take(entry.event);
        const sequence = found && sequences.get(found);
        if (sequence !== undefined) shown.set(sequence, entry.event.time);
      }
    }
  return { shown, last };
}
