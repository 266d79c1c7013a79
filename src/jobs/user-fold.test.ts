import { expect, it } from 'vitest';
import { encodedDrinks } from '../../test/encoded-drinks.ts';
import { foldMembers, foldName, foldNamed, listsOfFold } from './user-fold.ts';

it('folds share no user and miss no list', async () => {
  const { slates, train } = await encodedDrinks(300);
  const folds = [1, 2, 3].map((share) => listsOfFold(slates, train, { share, of: 3 }));
  expect([...folds.flatMap((lists) => [...lists])].sort((a, b) => a - b)).toEqual([...train].sort((a, b) => a - b));
  const users = folds.map((lists) => new Set(Array.from(lists, (list) => slates.columns.userB[list])));
  for (const [at, mine] of users.entries()) {
    expect(mine.size).toBeGreaterThan(0);
    for (const other of users.slice(at + 1)) expect([...mine].filter((user) => other.has(user))).toEqual([]);
  }
});

it('lists of nobody known, drawn one by one, are drawn the same where copies of lists lie between them', () => {
  const fold = { share: 1, of: 2 };
  const drawn = Array.from({ length: 40 }, (_, user) => user).map(foldMembers(fold));
  expect(new Set(drawn)).toEqual(new Set([true, false]));
  expect(Array.from({ length: 40 }, (_, user) => 3 * user).map(foldMembers(fold))).toEqual(drawn);
});

it('a fold has a name', () => {
  expect(foldNamed('2/3')).toEqual({ share: 2, of: 3 });
  expect(foldName({ share: 2, of: 3 })).toBe('2/3');
  for (const none of ['3/2', '0/2', '1/1', '1', '', '1/2/3']) expect(foldNamed(none)).toBeUndefined();
});
