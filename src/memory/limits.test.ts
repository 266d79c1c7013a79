import { describe, expect, it } from 'vitest';
import { createLastMet, type LastMet, type LastMetOptions } from './limits.ts';

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const limited = (most: number | undefined, age: number | undefined, stored?: LastMetOptions<string>['stored']) =>
  createLastMet<string>(most, age, { compare, stored }) ?? expect.fail('expected limits');

function take(met: LastMet<string>, clock: number): readonly string[] {
  const expired = met.expired(clock);
  // Asking takes nobody away.
  expect(met.expired(clock)).toEqual(expired);
  for (const key of expired) met.delete(key);
  return expired;
}

describe('who was met last', () => {
  it('is not kept where nothing is limited', () => {
    expect(createLastMet(undefined, undefined, { compare })).toBeUndefined();
  });

  it('goes beyond the number, who was met longest ago first', () => {
    const met = limited(2, undefined);
    for (const [at, key] of ['a', 'b', 'c', 'a', 'd'].entries()) met.touch(key, at);
    expect(take(met, 5)).toEqual(['b', 'c']);
    expect([...met.entries()]).toEqual([
      ['a', 3],
      ['d', 4],
    ]);
    expect(take(met, 1e9)).toEqual([]);
  });

  it('goes after the age, not at it', () => {
    const met = limited(undefined, 10, [['a', 0]]);
    met.touch('b', 5);
    expect(take(met, 10)).toEqual([]);
    expect(take(met, 11)).toEqual(['a']);
    expect(take(met, 11)).toEqual([]);
    expect(take(met, 16)).toEqual(['b']);
  });

  it('within one moment goes by name, whoever was met first', () => {
    for (const order of ['abcd', 'dcba', 'bdac']) {
      const met = limited(2, 100);
      for (const key of order) met.touch(key, 7);
      met.touch('e', 8);
      expect(take(met, 9)).toEqual(['a', 'b', 'c']);
    }
  });
});
