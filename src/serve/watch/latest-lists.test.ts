import { expect, it } from 'vitest';
import { createLatestLists, takeUnclicked, unclicked } from './latest-lists.ts';

it('gives the oldest first, whatever went in between', () => {
  const lists = createLatestLists<number>();
  for (let n = 0; n < 5000; n++) lists.add(`l${n}`, n);
  for (let n = 0; n < 3000; n++) lists.removeOldest();
  lists.removeWhere((list) => list < 3100);
  expect(lists.oldest()).toBe(3100);
  expect(lists.size).toBe(1900);
  expect(lists.get('l2999')).toBeUndefined();
  expect(lists.get('l4999')).toBe(4999);
});

it('lets a list of the same id take the place of the one before, as the newest', () => {
  const lists = createLatestLists<string>();
  lists.add('a', 'first');
  lists.add('b', 'other');
  lists.add('a', 'second');
  expect(lists.size).toBe(2);
  expect(lists.oldest()).toBe('other');
  lists.removeOldest();
  expect(lists.oldest()).toBe('second');
  lists.removeOldest();
  expect(lists.oldest()).toBeUndefined();
  lists.removeOldest();
  expect(lists.size).toBe(0);
});

it('holds no places of lists that came and went by their ids', () => {
  const lists = createLatestLists<number>();
  lists.add('stays', -1);
  for (let n = 0; n < 50_000; n++) {
    lists.add(`l${n}`, n);
    lists.remove(`l${n}`);
  }
  expect(lists.size).toBe(1);
  expect(lists.places).toBeLessThan(2000);
  expect(lists.oldest()).toBe(-1);
});

it('finds the last that is meant, and none that is gone', () => {
  const lists = createLatestLists<{ readonly user: string; readonly at: number }>();
  for (const [at, user] of ['x', 'y', 'x', 'y'].entries()) lists.add(`l${at}`, { user, at });
  expect(lists.findLast(({ user }) => user === 'x')?.at).toBe(2);
  lists.removeWhere(({ at }) => at === 2);
  expect(lists.findLast(({ user }) => user === 'x')?.at).toBe(0);
  expect(lists.findLast(({ user }) => user === 'z')).toBeUndefined();
});

it('takes a click of each item once', () => {
  const items = unclicked([{ id: 'a' }, { id: 'b' }]);
  expect([
    takeUnclicked(items, 'a'),
    takeUnclicked(items, 'a'),
    takeUnclicked(items, 'c'),
    takeUnclicked(items, 'b'),
  ]).toEqual([true, false, false, true]);
});
