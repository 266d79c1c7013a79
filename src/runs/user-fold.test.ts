import { expect, it } from 'vitest';
import { encodedDrinks } from '../../test/encoded-drinks.ts';
import { listsOfFold } from './user-fold.ts';

it('folds share no user and miss no list', async () => {
  const { slates, train } = await encodedDrinks(300);
  const folds = [1, 2, 3].map((share) => listsOfFold(slates, train, { share, of: 3 }));
  expect([...folds.flatMap((lists) => [...lists])].sort((a, b) => a - b)).toEqual([...train].sort((a, b) => a - b));
  const users = folds.map((lists) => new Set(Array.from(lists, (list) => slates.userB[list])));
  for (const [at, mine] of users.entries()) {
    expect(mine.size).toBeGreaterThan(0);
    for (const other of users.slice(at + 1)) expect([...mine].filter((user) => other.has(user))).toEqual([]);
  }
});
