import { expect, it } from 'vitest';
import { MOST_LOOKED_THROUGH } from '../wire/limits.ts';
import { search } from './known.ts';

const item = (id: string, fields: Record<string, string | number | readonly string[]> = {}) => ({ id, fields });
const all = [item('b1', { name: 'Apple' }), item('a1'), item('xa', { tags: ['Red', 'green'] }), item('A2')];
const ids = (given: Parameters<typeof search>[1]) => search(all, given).found.map(({ id }) => id);

it('finds what begins with it first, then what holds it, in any case', () => {
  expect(ids({ search: 'a' })).toEqual(['a1', 'A2', 'b1', 'xa']);
  expect(ids({ search: 'RED' })).toEqual(['xa']);
  expect(ids({})).toEqual(['b1', 'a1', 'xa', 'A2']);
});

it('says where there may be more', () => {
  expect(search(all, { search: 'a', limit: 2 })).toMatchObject({
    found: [{ id: 'a1' }, { id: 'A2' }],
    isPartial: true,
  });
  expect(search(all, { search: 'a', limit: 4 }).isPartial).toBe(false);
  function* many() {
    for (let n = 0; ; n++) yield item(`i${n}`);
  }
  expect(search(many(), { search: 'nothing' })).toEqual({ found: [], isPartial: true });
  expect(MOST_LOOKED_THROUGH).toBeGreaterThan(10_000);
});
