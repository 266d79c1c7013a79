import { expect, it } from 'vitest';
import type { RankedItem, RankingEvent } from '../slate/events.ts';
import { requestDoubts } from './request-doubts.ts';

const known = { items: { indexOf: (id: string) => (id.startsWith('i') ? 0 : undefined) } };
const asked = (items: readonly (readonly [string, number?])[]): RankingEvent => ({
  event: 'ranking',
  id: 'r',
  time: 1,
  user: 'u',
  fields: {},
  items: items.map(
    ([id, position]): RankedItem => ({ id, fields: {}, ...(position === undefined ? {} : { position }) }),
  ),
});
const doubtsOf = (...items: readonly (readonly [string, number?])[]): readonly string[] =>
  requestDoubts(asked(items), known as never);

it('says nothing of what is meant', () => {
  expect(doubtsOf(['i1'], ['x1'])).toEqual([]);
  expect(doubtsOf(['i1', 4], ['i2', 0], ['x1', 999])).toEqual([]);
});

it('names positions that several items have, and those beyond a page', () => {
  expect(doubtsOf(['i1', 0], ['i2', 0], ['i3', 1])).toEqual([expect.stringMatching(/^expected every position once/)]);
  expect(doubtsOf(['i1', 0], ['i2', 1e9])).toEqual([
    expect.stringMatching(/^expected positions of a page, below 1000/),
  ]);
});

it('leaves positions beyond a page to whoever refuses them', () => {
  expect(requestDoubts(asked([['i1', 1e9]]), known as never, { refusesFar: true })).toEqual([]);
});

it('names a request of which no item is known', () => {
  expect(doubtsOf(['x1'], ['x2'])).toEqual([
    expect.stringMatching(/^expected items that the model has met, found none/),
  ]);
});
