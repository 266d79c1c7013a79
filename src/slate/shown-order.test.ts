import { expect, it } from 'vitest';
import type { RankedItem, RankingEvent } from './events.ts';
import { inShownOrder } from './shown-order.ts';

const list = (...positions: (number | undefined)[]): RankingEvent => ({
  event: 'ranking',
  id: 'r',
  time: 0,
  user: 'u',
  fields: {},
  items: positions.map(
    (position, k): RankedItem => ({ id: `i${k}`, fields: {}, ...(position === undefined ? {} : { position }) }),
  ),
});
const ids = ({ items }: RankingEvent): string => items.map(({ id }) => id).join();

it('orders items by their positions, which may have gaps', () => {
  expect(ids(inShownOrder(list(4, 0, 2)))).toBe('i1,i2,i0');
  expect(inShownOrder(list(4, 0, 2)).items[0]).toEqual({ id: 'i1', fields: {}, position: 0 });
});

it('leaves a list alone that is in order: without positions, with ascending ones, or all the same', () => {
  for (const given of [list(undefined, undefined), list(0, 1, 5), list(0, 0, 0)])
    expect(inShownOrder(given)).toBe(given);
});

it('takes the index in the list where a position is absent, and keeps it', () => {
  const shown = inShownOrder(list(undefined, 3, undefined, 1));
  expect(shown.items.map(({ id, position }) => `${id} ${position}`)).toEqual(['i0 0', 'i3 1', 'i2 2', 'i1 3']);
});
