import { expect, it } from 'vitest';
import { otherSpellingsOf } from './other-spellings.ts';

it('finds texts that are one but for case and spaces around them', () => {
  expect(otherSpellingsOf(new Set(['sushi', 'Sushi', 'ramen', ' RAMEN', 5]))).toEqual({
    count: 2,
    example: ['sushi', 'Sushi'],
  });
});

it('finds none among texts that differ in more', () => {
  expect(otherSpellingsOf(new Set(['c', 'c++', 'c#', 5, true]))).toBeUndefined();
});
