import type { JournalRecord } from '../../jobs/generators/evaluate-on-journal.ts';
import type { ReadableJournal } from './contract.ts';
import { createShownAnswers } from './shown-answers.ts';

/** A journal as `evaluateOnJournal` follows it: what a model knows already is not told to its memory again, and its answers are counted. */
export async function* judgedRecords(
  journal: ReadableJournal,
  { knownUntil }: { readonly knownUntil: number },
): AsyncGenerator<JournalRecord, void> {
  const answers = createShownAnswers();
  for await (const entries of journal.entriesAfter(await journal.startOf(Number.POSITIVE_INFINITY))) {
    for (const entry of entries) {
      const isKnown = entry.sequence <= knownUntil;
      if (entry.kind === 'answer') {
        if (!isKnown) answers.add(entry.answer);
        yield isKnown ? { kind: 'learned' } : { kind: 'answer', answer: entry.answer };
      }
      if (isKnown) continue;
      if (entry.kind === 'erase') yield { kind: 'erase', user: entry.user };
      if (entry.kind === 'event') {
        const { event, arrivedAt } = entry;
        const shows = event.event === 'ranking' ? answers.take(event) : undefined;
        yield { kind: 'event', event, arrivedAt, ...(shows ? { shows } : {}) };
      }
    }
  }
}
