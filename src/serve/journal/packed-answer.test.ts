import { expect, it } from 'vitest';
import type { AnsweredList } from '../../slate/answered-list.ts';
import { encodeRecord, entryOf, type ReadRecord, readRecord } from './record.ts';

const answer: AnsweredList = {
  ...{ id: 'l1', time: 1000, user: 'u', fields: {}, asked: 'rank', model: 'a', took: 1.5 },
  candidates: [
    { id: 'i1', fields: {} },
    { id: 'i2', fields: { price: 3 } },
  ],
  items: [
    { id: 'i2', probability: 0.25 },
    { id: 'i1', probability: 0.125 },
  ],
};

const recordOf = (content: object): ReadRecord =>
  readRecord(encodeRecord({ sequence: 1, arrivedAt: 5, ...content } as never, 0), 0) as ReadRecord;

it('is written with candidates as their ids alone where they have no fields, and read as it was', () => {
  const record = recordOf({ kind: 'answer', answer });
  expect(record.text.toString()).toContain('"candidates":["i1",{"id":"i2","fields":{"price":3}}]');
  expect(entryOf(record)).toEqual({ sequence: 1, arrivedAt: 5, kind: 'answer', answer });
});

it('is read as earlier versions wrote it', () => {
  const text = Buffer.from(JSON.stringify([1, 5, 0, 'answer', answer]));
  const earlier: ReadRecord = { sequence: 1, arrivedAt: 5, synced: 0, text, length: text.length };
  expect(entryOf(earlier)).toEqual({ sequence: 1, arrivedAt: 5, kind: 'answer', answer });
});
