/** What the compiler says to programs; `npm run types` checks the marked lines. */
import { expect, it } from 'vitest';
import { defineFields, type EventInput, type ListModel, open, type RequestInput, train } from '../src/index.ts';

const fields = defineFields({
  item: { price: 'numeric', genres: 'tags', opened: 'time', place: 'vector' },
  user: { age: 'category' },
  ranking: { query: 'category' },
  rankedItem: { relevancy: 'numeric' },
});

type Fields = typeof fields;

const right: readonly EventInput<Fields>[] = [
  {
    event: 'item',
    item: 'i1',
    time: 1,
    fields: { price: 140, genres: ['comedy'], opened: new Date(0), place: [0.1, 0.2] },
  },
  { event: 'item', item: 1, time: new Date(1), fields: { price: null } },
  { event: 'item', item: 'i1', time: '2026-01-01' },
  { event: 'user', user: 'u1', time: 1, fields: { age: '30s' } },
  {
    event: 'ranking',
    id: 'r1',
    time: 1,
    fields: { query: 'sushi' },
    items: ['i1', 2, { id: 'i3', fields: { relevancy: 2 } }],
  },
  { event: 'interaction', time: 1, user: 'u1', item: 'i1', type: 'click' },
];

const wrong: readonly EventInput<Fields>[] = [
  // @ts-expect-error a misspelt field
  { event: 'item', item: 'i1', time: 1, fields: { prize: 140 } },
  // @ts-expect-error a price is no text
  { event: 'item', item: 'i1', time: 1, fields: { price: '140' } },
  // @ts-expect-error tags are no number
  { event: 'item', item: 'i1', time: 1, fields: { genres: 3 } },
  // @ts-expect-error a vector is no text
  { event: 'item', item: 'i1', time: 1, fields: { place: 'here' } },
  // @ts-expect-error a field of items is none of users
  { event: 'user', user: 'u1', time: 1, fields: { price: 140 } },
  // @ts-expect-error a field of items is none of a list
  { event: 'ranking', id: 'r1', time: 1, items: ['i1'], fields: { price: 3 } },
  // @ts-expect-error a field of items is none of an item in one list
  { event: 'ranking', id: 'r1', time: 1, items: [{ id: 'i1', fields: { price: 3 } }] },
  // @ts-expect-error there is nothing to delete in a list
  { event: 'ranking', id: 'r1', time: 1, items: ['i1'], fields: { query: null } },
  // @ts-expect-error a misspelt key
  { event: 'ranking', id: 'r1', time: 1, itmes: ['i1'] },
  // @ts-expect-error no time
  { event: 'item', item: 'i1' },
  // @ts-expect-error a misspelt event
  { event: 'items', item: 'i1', time: 1 },
];

/** Compiled, never called. */
async function programs(model: ListModel<Fields>, anyModel: ListModel): Promise<void> {
  const request: RequestInput<Fields> = { user: 'u1', items: ['i1'] };
  await model.score([request, { items: [{ id: 'i1', fields: { relevancy: 2 } }], fields: { query: 'sushi' } }]);
  // @ts-expect-error a misspelt field of a request
  await model.score([{ items: ['i1'], fields: { qeury: 'sushi' } }]);
  // @ts-expect-error a field of items in a request
  await model.score([{ items: [{ id: 'i1', fields: { price: 1 } }] }]);
  // @ts-expect-error one request is no list of them
  await model.score(request);
  // @ts-expect-error a rule that there is not
  await model.generate(request, { rules: { uniq: ['genres'] } });
  // @ts-expect-error a price is no text
  await model.observe({ event: 'item', item: 'i1', fields: { price: '1' } });
  await model.observe({ event: 'item', item: 'i1', fields: { price: 1 } });
  // Without definitions any field will do.
  await anyModel.observe({ event: 'item', item: 'i1', fields: { anything: ['a', 'b'] } });
  // @ts-expect-error no kind of this name
  defineFields({ item: { price: 'number' } });

  const typed: ListModel<Fields> = await train(right, { fields });
  const opened: ListModel<Fields> = await open('models/a', { fields });
  const untyped: ListModel = await train([{ event: 'item', item: 'i1', time: 1, fields: { anything: 1 } }]);
  // @ts-expect-error a misspelt field in events that fields are given for
  await train([{ event: 'item', item: 'i1', time: 1, fields: { prize: 1 } }], { fields });
  await Promise.all([typed, opened, untyped].map((each) => each.close()));
}

it('the kinds of defined fields are there at run time too', () => {
  expect(fields.item).toEqual({ price: 'numeric', genres: 'tags', opened: 'time', place: 'vector' });
  expect(() => defineFields({ item: { price: 'numerc' as 'numeric' } })).toThrow('did you mean "numeric"?');
  expect([right.length, wrong.length, typeof programs]).toEqual([6, 11, 'function']);
});
