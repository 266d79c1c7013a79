import { expect, it } from 'vitest';
import type { Fields } from '../../slate/fields.ts';
import type { DatasetRow } from '../folder/dataset.ts';
import { trainingFields, unusedFieldNotes } from './training-fields.ts';

const item = (id: string, fields: Fields): DatasetRow => ({
  kind: 'item',
  event: { event: 'item', item: id, time: 0, fields },
});
const user = (id: string, fields: Fields): DatasetRow => ({
  kind: 'user',
  event: { event: 'user', user: id, time: 0, fields },
});
const list = (index: number, [who, shown]: readonly [string, string], fields: Fields): DatasetRow => ({
  kind: 'impression',
  index,
  impression: {
    ranking: { event: 'ranking', id: `l${index}`, time: index, user: who, items: [{ id: shown, fields }], fields },
    clickTimesK: Float64Array.of(-1),
  },
});

const rows: readonly DatasetRow[] = [
  item('shown', { price: 1 }),
  item('never in training', { price: 2, early: 1 }),
  user('known', { age: 30 }),
  user('held out', { city: 'Kyoto' }),
  list(0, ['known', 'shown'], { place: 1 }),
  list(1, ['held out', 'never in training'], { mood: 3 }),
  item('shown', { price: 3 }),
  list(2, ['known', 'shown'], { place: 2 }),
  item('shown', { price: 4, late: 1 }),
  user('known', { late: 1 }),
  list(3, ['known', 'shown'], { mood: 4 }),
];
const parts = Uint8Array.of(0, 2, 0, 1);
const inTraining = (wanted: Uint8Array) =>
  trainingFields(
    {
      rows: async function* () {
        yield* rows;
      },
    },
    wanted,
  );

it('counts training lists, and what their items and users are told to be by the last of them', async () => {
  const fields = await inTraining(parts);
  expect(fields.map(({ scope, name, count, min, max }) => [`${scope}.${name}`, count, min, max])).toEqual([
    ['ranking.place', 2, 1, 2],
    ['user.age', 1, 30, 30],
    ['rankedItem.place', 2, 1, 2],
    ['item.price', 2, 1, 3],
  ]);
});

it('tells each field that only the rest has', async () => {
  const notes = unusedFieldNotes(await inTraining(new Uint8Array(4)), await inTraining(parts));
  expect(notes.map((note) => note.split(':')[0]).sort()).toEqual([
    'item.early',
    'item.late',
    'rankedItem.mood',
    'ranking.mood',
    'user.city',
    'user.late',
  ]);
});
