import { expect, it } from 'vitest';
import { createOddNames } from './odd-names.ts';
import { parseEvent } from './parse-event.ts';

const notesOf = (...events: readonly unknown[]): readonly string[] => {
  const odd = createOddNames();
  for (const event of events) parseEvent(event, { odd });
  return odd.notes();
};
const item = { event: 'item', item: 'a', timestamp: 1 };

it('counts keys that nothing reads, wherever they stand, and names the nearest that is', () => {
  const list = {
    event: 'ranking',
    id: 'r',
    timestamp: 1,
    items: [{ id: 'a', postion: 3, label: 1 }],
    feilds: [{ name: 'x', value: 1 }],
  };
  expect(
    notesOf(
      item,
      { ...item, feilds: [1] },
      { ...item, feilds: [2] },
      { ...item, fields: [{ name: 'x', value: 1, unit: 'yen' }] },
      list,
      {
        ...{ event: 'user', user: 'u', timestamp: 1, zzzzzz: 1 },
      },
    ),
  ).toEqual([
    '"feilds" in 2 item events is not read; did you mean "fields"?',
    '"unit" in 1 entry of "fields" is not read; what is to be learned from belongs into "fields"',
    '"postion" in 1 entry of "items" is not read; did you mean "position"?',
    '"label" in 1 entry of "items" is not read; what is to be learned from belongs into "fields"',
    '"feilds" in 1 ranking event is not read; did you mean "fields"?',
    '"zzzzzz" in 1 user event is not read; what is to be learned from belongs into "fields"',
  ]);
});

it("says nothing of Metarank's form, and of keys that hold nothing", () => {
  const events = [
    { ...item, id: 'e1', fields: [{ name: 'x', value: 1 }], comment: null },
    { event: 'user', id: 'e2', user: 'u', timestamp: 1, fields: [] },
    {
      event: 'ranking',
      id: 'r',
      user: 'u',
      session: 's',
      timestamp: 1,
      fields: [],
      items: [{ id: 'a', relevancy: 1 }],
    },
    {
      event: 'interaction',
      id: 'e3',
      ranking: 'r',
      user: 'u',
      session: 's',
      timestamp: 1,
      type: 'click',
      item: 'a',
      fields: [],
    },
  ];
  expect(notesOf(...events)).toEqual([]);
});

it('tells a field that is named twice', () => {
  const fields = [
    { name: 'genre', value: 'a' },
    { name: 'genre', value: 'b' },
  ];
  expect(notesOf({ ...item, fields }, { ...item, fields })).toEqual([
    'field "genre" stands 2 times beside another of its name, and the last one counts; give several values as a list',
  ]);
});

it('remembers no more than a thousand names', () => {
  expect(
    notesOf({ ...item, ...Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`key${n}`, n])) }),
  ).toHaveLength(1000);
});
