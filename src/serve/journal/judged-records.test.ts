import { expect, it } from 'vitest';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { ReadableJournal } from './contract.ts';
import type { EntryContent, JournalEntry } from './entry.ts';
import { judgedRecords } from './judged-records.ts';

const answer = (id: string): EntryContent => {
  const list: AnsweredList = {
    ...{ id, time: 1, user: 'u', fields: {}, asked: 'generate', model: 'a', took: 1, propensity: 0.5 },
    ...{ candidates: [{ id: 'x', fields: {} }], items: [{ id: 'x', probability: 0.5 }] },
  };
  return { kind: 'answer', answer: list };
};
const shown = (id: string): EntryContent => ({
  kind: 'event',
  event: { event: 'ranking', id, time: 2, user: 'u', fields: {}, items: [{ id: 'x', fields: {} }] },
});

function journalOf(...contents: readonly EntryContent[]): ReadableJournal & { readonly more: JournalEntry[] } {
  const more = contents.map((content, at): JournalEntry => ({ ...content, sequence: at + 1, arrivedAt: 5 }));
  return {
    more,
    startOf: async () => 0,
    async *entriesAfter() {
      yield [...more];
      // Another answer comes while it is read.
      more.push({ ...answer('late'), sequence: more.length + 1, arrivedAt: 5 });
    },
  };
}

it('tells of each answer whether a later list shows it, with its candidates, and nothing of what came since', async () => {
  const told: unknown[] = [];
  for await (const record of judgedRecords(journalOf(answer('l1'), answer('l2'), shown('l2')), { knownUntil: 0 }))
    told.push(
      record.kind === 'answer' ? [record.answer.id, record.isShown, record.answer.candidates.length] : record.kind,
    );
  expect(told).toEqual([['l1', false, 1], ['l2', true, 1], 'event']);
});
