import { describe, expect, it } from 'vitest';
import { createLastMet } from './limits.ts';

describe('who was met last', () => {
  it('is not kept where nothing is limited', () => {
    expect(createLastMet(undefined, undefined)).toBeUndefined();
  });

  it('goes beyond the number, who was met longest ago first', () => {
    const met = createLastMet<string>(2, undefined) ?? expect.fail('expected limits');
    for (const [at, key] of ['a', 'b', 'c', 'a', 'd'].entries()) met.touch(key, at);
    expect(met.takeExpired(5)).toEqual(['b', 'c']);
    expect([...met.entries()]).toEqual([
      ['a', 3],
      ['d', 4],
    ]);
    expect(met.takeExpired(1e9)).toEqual([]);
  });

  it('goes after the age, not at it', () => {
    const met = createLastMet<string>(undefined, 10, [['a', 0]]) ?? expect.fail('expected limits');
    met.touch('b', 5);
    expect(met.takeExpired(10)).toEqual([]);
    expect(met.takeExpired(11)).toEqual(['a']);
    expect(met.takeExpired(11)).toEqual([]);
    expect(met.takeExpired(16)).toEqual(['b']);
  });
});
