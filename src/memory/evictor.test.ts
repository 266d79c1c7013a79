import { expect, it } from 'vitest';
import { clicked, plainMemory, shown } from '../../test/memory-events.ts';

it('users and items go by count when the clock moves, who was met longest ago first', () => {
  const memory = plainMemory({ limits: { users: 1, items: 2 } });
  memory.apply({ event: 'user', user: 'u', time: 1, fields: { age: 3 } });
  memory.apply({ event: 'item', item: 'a', time: 1, fields: { price: 3 } });
  const list = shown('r', 2, 'u', ['a', 'b']);
  memory.apply(list);
  memory.apply(clicked(list, 'a', 3));
  memory.apply(shown('s', 4, 'v', ['c', 'b']));
  memory.apply(shown('t', 5, 'v', ['b']));
  // Gone: fields, counts, numbers.
  expect([memory.userFields('u'), memory.items.indexOf('a'), memory.items.versionOf(0)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  const { state } = memory.asOf(6);
  expect([state.users.get('u'), state.items.get(0)]).toEqual([undefined, undefined]);
  expect(state.items.get(1)).toMatchObject({ exposures: 3 });
  expect(memory.counters).toMatchObject({ evictedItems: 1, evictedUsers: 1 });
  const { items, userFields, users, lastMet } = memory.snapshot();
  expect([items.map(([, id]) => id), userFields, users.map(([id]) => id)]).toEqual([['b', 'c'], [], ['v']]);
  expect(lastMet.users).toEqual([['v', 5]]);
});

it('an evicted item comes back as a new one, and its old click counts for nobody', () => {
  const memory = plainMemory({ limits: { items: 1 } });
  const list = shown('r', 1, 'u', ['a']);
  memory.apply(list);
  memory.apply(shown('s', 2, 'u', ['b']));
  memory.apply({ event: 'user', user: 'u', time: 3, fields: {} });
  expect(() => memory.apply(clicked(list, 'a', 4))).toThrow('expected an item of list "r", found "a"');
  memory.apply(shown('t', 5, 'u', ['a']));
  expect(memory.items.indexOf('a')).toBe(2);
  expect(memory.asOf(6).state.items.get(2)).toMatchObject({ exposures: 1, clicks: 0 });
});

it('who was not met for too long goes by age; a click is a meeting of its user', () => {
  const memory = plainMemory({ limits: { userAge: 10, itemAge: 10 } });
  const list = shown('r', 0, 'u', ['a']);
  memory.apply(list);
  memory.apply(shown('s', 0, 'v', ['a']));
  memory.apply(clicked(list, 'a', 5));
  memory.apply({ event: 'item', item: 'b', time: 10, fields: {} });
  expect(memory.counters).toMatchObject({ evictedItems: 0, evictedUsers: 0 });
  memory.apply({ event: 'item', item: 'b', time: 11, fields: {} });
  expect(memory.counters).toMatchObject({ evictedItems: 1, evictedUsers: 1 });
  expect(memory.snapshot().users.map(([id]) => id)).toEqual(['u']);
});

it('without limits nobody goes', () => {
  const memory = plainMemory();
  for (let time = 0; time < 50; time++) memory.apply(shown(`r${time}`, time * 1e9, `u${time}`, [`i${time}`]));
  expect(memory.items.size).toBe(50);
  expect(memory.snapshot()).toMatchObject({ lastMet: { items: [], users: [] }, counters: { evictedItems: 0 } });
});
