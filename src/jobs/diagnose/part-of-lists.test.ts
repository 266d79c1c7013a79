import { beforeAll, describe, expect, it } from 'vitest';
import { encodedDrinks } from '../../../test/encoded-drinks.ts';
import type { Prepared } from '../prepare.ts';
import { partOfLists, spacedLists, withTrain } from './part-of-lists.ts';

let prepared: Prepared;
beforeAll(async () => {
  prepared = { encoded: await encodedDrinks(600) } as Prepared;
});

const part = (lists: number, by: 'lists' | 'users', seed = 1): number[] => [
  ...partOfLists(prepared, { lists, seed, by }),
];
const users = (lists: readonly number[]): number =>
  new Set(lists.map((list) => prepared.encoded.slates.columns.userB[list])).size;

describe('a part of the training lists', () => {
  it.each(['lists', 'users'] as const)(
    'by %s is nested, in the order of the walk, and another with another seed',
    (by) => {
      const [small, large] = [part(50, by), part(200, by)];
      expect(small).toHaveLength(50);
      expect(new Set(small).size).toBe(50);
      expect(small.every((list) => large.includes(list))).toBe(true);
      expect(large).toEqual([...large].sort((a, b) => a - b));
      expect(part(50, by)).toEqual(small);
      expect(part(50, by, 2)).not.toEqual(small);
    },
  );

  it('by users has as few users as have so many lists', () => {
    const all = [...prepared.encoded.train];
    expect(users(part(100, 'users'))).toBeLessThan(users(part(100, 'lists')));
    // All but the last user have all of their lists.
    const chosen = part(100, 'users');
    const cut = new Set(
      all
        .filter((list) => !chosen.includes(list))
        .map((list) => prepared.encoded.slates.columns.userB[list])
        .filter((user) => chosen.some((list) => prepared.encoded.slates.columns.userB[list] === user)),
    );
    expect(cut.size).toBeLessThanOrEqual(1);
  });

  it('of all is the training part itself, and the same data', () => {
    const train = partOfLists(prepared, { lists: 1e6, seed: 3, by: 'lists' });
    expect(train).toBe(prepared.encoded.train);
    expect(withTrain(prepared, train)).toBe(prepared);
    expect(withTrain(prepared, train.subarray(0, 5)).encoded).toMatchObject({ test: prepared.encoded.test });
  });
});

it('spaced lists are evenly spaced, and all where there are no more', () => {
  const lists = Int32Array.from([3, 5, 7, 9, 11, 13]);
  expect([...spacedLists(lists, 3)]).toEqual([3, 7, 11]);
  expect(spacedLists(lists, 9)).toEqual(lists);
});
