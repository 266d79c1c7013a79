import { expect, it } from 'vitest';
import {
  emptyState,
  MOST_ITEMS,
  place,
  remove,
  replaceItems,
  setField,
  swap,
  toggleExcluded,
  togglePinned,
  typed,
} from './list-state.ts';

const drinks = { ...emptyState, items: ['small', 'large'], candidates: ['medium'] };

it('puts an item at a place, from the list or from beside it', () => {
  expect(place(drinks, 'medium', 1)).toMatchObject({ items: ['small', 'medium', 'large'], candidates: [] });
  expect(place(drinks, 'large', 0).items).toEqual(['large', 'small']);
  expect(place(drinks, 'large', 9)).toBe(drinks);
});

it('holds as many items as the server explains', () => {
  const full = { ...emptyState, items: Array.from({ length: MOST_ITEMS }, (_, n) => `i${n}`), candidates: ['x'] };
  expect(place(full, 'x', 0)).toBe(full);
});

it('keeps what leaves the list as a candidate', () => {
  expect(remove(drinks, 'small')).toMatchObject({ items: ['large'], candidates: ['small', 'medium'] });
  expect(swap(drinks, 'small', 'medium')).toMatchObject({ items: ['medium', 'large'], candidates: ['small'] });
  expect(replaceItems(drinks, ['medium'])).toMatchObject({ items: ['medium'], candidates: ['small', 'large'] });
});

it('excludes an item until it is allowed again, and unpins what leaves', () => {
  const pinned = togglePinned(drinks, 'large');
  const without = toggleExcluded(pinned, 'large');
  expect(without).toMatchObject({ items: ['small'], excluded: ['large'], pinned: [] });
  expect(toggleExcluded(without, 'large').excluded).toEqual([]);
  expect(place(without, 'large', 0)).toMatchObject({ items: ['large', 'small'], excluded: [] });
});

it('takes a field to be otherwise, and back', () => {
  const cheaper = setField(drinks, 'large', 'price', 140);
  expect(cheaper.asIf).toEqual({ large: { price: 140 } });
  expect(setField(cheaper, 'large', 'price', undefined).asIf).toEqual({});
});

it('reads what is typed as what was there', () => {
  expect([typed(' 140 ', 150), typed('140', 'text'), typed('true', false), typed('', 1)]).toEqual([
    140,
    '140',
    true,
    undefined,
  ]);
  expect([typed('a, b', ['x']), typed('1, 2', [3]), typed('dear', 150)]).toEqual([['a', 'b'], [1, 2], 'dear']);
  expect(typed('1, two', [3])).toEqual(['1', 'two']);
});
