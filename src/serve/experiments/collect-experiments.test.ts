import { expect, it } from 'vitest';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import type { EntryContent } from '../journal/entry.ts';
import { collectExperiments } from './collect-experiments.ts';

const variants = [
  { name: 'old', share: 0.5 },
  { name: 'new', share: 0.5, model: 'b' },
];
const answer = (id: string, asked: AnsweredList['asked']): EntryContent => ({
  kind: 'answer',
  answer: {
    ...{ id, time: 1000, user: 'u', fields: {}, asked, model: 'a', took: 3, experiments: { order: 'old' } },
    ...{
      candidates: [],
      items: [
        { id: 'i', probability: 0.9 },
        { id: 'j', probability: 0.4 },
      ],
    },
  },
});
const scored = (id: string, model: string, ...probabilities: readonly number[]): EntryContent => ({
  kind: 'shadow',
  shadow: { id, user: 'u', model, probabilities },
});
const shown = (id: string): EntryContent => ({
  kind: 'event',
  event: {
    ...{ event: 'ranking', id, user: 'u', time: 2000, fields: {} },
    items: ['i', 'j'].map((item) => ({ id: item, fields: {} })),
  },
});
const journalOf = (...contents: readonly EntryContent[]): ReadableJournal => ({
  startOf: async () => 0,
  async *entriesAfter() {
    yield contents.map((content, at) => ({ ...content, sequence: at + 1, arrivedAt: 2000 }));
  },
});

it('compares a shadow with the model that answered on the order that was shown', async () => {
  const [{ shadows }] = await collectExperiments(
    journalOf(
      { kind: 'experiments', experiments: [{ name: 'order', coverage: 1, variants, shadows: ['c'] }] },
      ...[answer('made', 'generate'), scored('made', 'c', 0.5, 0.25), shown('made')],
      // What ranked saw the order of the request: what it says of that one is not what it would say of this one.
      ...[answer('ranked', 'rank'), scored('ranked', 'a', 0.75, 0.5), scored('ranked', 'c', 0.5, 0.5), shown('ranked')],
      ...[answer('passed over', 'rank'), scored('passed over', 'c', 0.5, 0.5), shown('passed over')],
    ),
    {},
  );
  expect(shadows).toEqual([{ model: 'c', lists: 2, clicks: 0, expected: 1.75, answering: 1.3 + 1.25 }]);
});

it.each([
  ['prise', 'value prise: expected one of price, found "prise"; did you mean "price"?'],
  ['kind', 'value kind: expected one of price, found "kind"; name one of these'],
])('refuses a value that no item has as a number: %s', async (valueField, sentence) => {
  const told: EntryContent = {
    kind: 'event',
    event: { event: 'item', item: 'i', time: 500, fields: { price: 3, kind: 'cold' } },
  };
  const click: EntryContent = {
    kind: 'event',
    event: { event: 'interaction', ranking: 'made', user: 'u', item: 'i', type: 'click', time: 2500 },
  };
  const started: EntryContent = {
    kind: 'experiments',
    experiments: [{ name: 'order', coverage: 1, variants, shadows: [] }],
  };
  const journal = journalOf(started, told, answer('made', 'generate'), shown('made'), click);
  await expect(collectExperiments(journal, { valueField })).rejects.toThrow(sentence);
  const [{ users, unvaluedClicks }] = await collectExperiments(journal, { valueField: 'price' });
  expect(unvaluedClicks).toBe(0);
  expect(users.map(({ clicks, value }) => [clicks, value])).toEqual([[1, 3]]);
  const other: EntryContent = { ...click, event: { ...click.event, item: 'j' } as typeof click.event };
  const half = journalOf(started, told, answer('made', 'generate'), shown('made'), click, other);
  const [{ unvaluedClicks: unvalued }] = await collectExperiments(half, { valueField: 'price' });
  expect(unvalued).toBe(1);
  const untold = journalOf(started, answer('made', 'generate'), shown('made'), click);
  await expect(collectExperiments(untold, { valueField: 'price' })).rejects.toThrow(
    'value price: expected a number of the items, found none in the journal',
  );
});
