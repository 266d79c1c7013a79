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

const NOTHING_KNOWN = { knownUntil: 0, learned: { sequence: 0, time: 0 } };
const answer = (id: string): EntryContent => {
  const list: AnsweredList = {
    ...{ id, time: 1, user: 'u', fields: {}, asked: 'generate', model: 'a', took: 1, propensity: 0.5 },
    ...{ candidates: [{ id: 'x', fields: {} }], items: [{ id: 'x', probability: 0.5 }] },
  };
  return { kind: 'answer', answer: list };
};
const shown = (id: string, time = 2): EntryContent => ({
  kind: 'event',
  event: { event: 'ranking', id, time, user: 'u', fields: {}, items: [{ id: 'x', fields: {} }] },
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
  for await (const record of judgedRecords(journalOf(answer('l1'), answer('l2'), shown('l2')), NOTHING_KNOWN))
    told.push(
      record.kind === 'answer' ? [record.answer.id, record.isShown, record.answer.candidates.length] : record.kind,
    );
  expect(told).toEqual([['l1', false, 1], ['l2', true, 1], 'event']);
});

it('counts lists as learned by when they were shown: those that training held out are told, with all that came before', async () => {
  const journal = journalOf(answer('l1'), shown('l1', 7), answer('l2'), shown('l2', 8), answer('l3'), shown('l3', 9));
  const told = async (knownUntil: number, time: number) => {
    const kinds: string[] = [];
    for await (const record of judgedRecords(journal, { knownUntil, learned: { sequence: 4, time } }))
      kinds.push(record.kind === 'event' && record.shows ? `${record.shows.id} shown` : record.kind);
    journal.more.length = 6;
    return kinds;
  };
  const [learned, l2, l3] = ['learned', ['answer', 'l2 shown'], ['answer', 'l3 shown']];
  expect(await told(0, 7)).toEqual([learned, 'event', ...l2, ...l3]);
  expect(await told(0, 8)).toEqual([learned, 'event', learned, 'event', ...l3]);
  expect(await told(4, Number.POSITIVE_INFINITY)).toEqual([learned, learned, ...l3]);
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
  for await (const record of judgedRecords(readableJournal(journal), NOTHING_KNOWN)) {
    kinds.push(record.kind);
    if (record.kind === 'erase') record.forgetIn(memory);
  }
  expect(kinds).toContain('erase');
  expect([...memory.knownUsers()].sort()).toEqual([...others].sort());
});
