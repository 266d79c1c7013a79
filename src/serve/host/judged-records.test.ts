import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { modelsFolder } from '../../../test/served-models.ts';
import { loadModel } from '../../scoring/model-folder.ts';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import type { EntryContent, JournalEntry } from '../journal/entry.ts';
import { readableJournal } from '../journal/read-journal.ts';
import { createHost } from './create-host.ts';
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

it('lets a model that learned of a person before forget the person of whom the journal has only a print', async () => {
  const models = await modelsFolder('a');
  const { memory } = await loadModel(join(models, 'a'));
  const [person, ...others] = memory.knownUsers();
  const journal = join(await mkdtemp(join(tmpdir(), 'judged-')), 'journal');
  await using host = await createHost({ models, journal, durability: 'process' });
  await host.observe([{ event: { event: 'ranking', id: 'l1', user: person, items: ['small'] } }]);
  expect(await host.erase(person)).toBe(true);
  await host.close();
  const kinds: string[] = [];
  for await (const record of judgedRecords(readableJournal(journal), { knownUntil: 0 })) {
    kinds.push(record.kind);
    if (record.kind === 'erase') record.forgetIn(memory);
  }
  expect(kinds).toContain('erase');
  expect([...memory.knownUsers()].sort()).toEqual([...others].sort());
});
