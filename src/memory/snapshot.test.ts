import { expect, it } from 'vitest';
import { clicked, describeByIndex, plainMemory, shown } from '../../test/memory-events.ts';
import { createMemory, type Memory } from './memory.ts';
import type { MemorySnapshot } from './snapshot.ts';

const LIMITS = { users: 5, items: 5 };
const again = (memory: Memory, snapshot: MemorySnapshot): Memory =>
  createMemory({ describe: describeByIndex, denseColumns: 1, ...memory.settings }, snapshot);
const throughJson = (memory: Memory): MemorySnapshot => JSON.parse(JSON.stringify(memory.snapshot()));

/** Something of everything: metadata, a closed list, an open one, a pending list and pending clicks. */
function busy(): Memory {
  const memory = plainMemory({ limits: LIMITS });
  memory.apply({ event: 'item', item: 'a', time: 0, fields: { price: 1 } });
  memory.apply({ event: 'user', user: 'u', time: 0, fields: { age: 1 } });
  memory.apply(shown('closed', 1, 'v', ['a']));
  const [open, now] = [shown('open', 4e6, 'u', ['a', 'b']), shown('now', 4e6 + 1, 'u', ['b', 'c'])];
  for (const event of [open, now, clicked(open, 'b', 4e6 + 1), clicked(now, 'c')]) memory.apply(event);
  expect(() => memory.apply({ ...clicked(open, 'a'), ranking: 'none' })).toThrow();
  return memory;
}

it('holds all there is, and a memory made from it is the same', () => {
  const memory = busy();
  const json = throughJson(memory);
  expect(json).toEqual(memory.snapshot());
  expect(json).toMatchObject({
    clock: 4e6 + 1,
    counters: { rejected: { 'unknown-list': 1 } },
    closed: [{ id: 'closed', time: 1, shownAt: 1 }],
  });
  expect([json.open.length, json.pendingLists.length, json.pendingClicks.length]).toEqual([2, 1, 1]);
  expect(again(memory, json).snapshot()).toEqual(json);
});

it('is of its moment: what comes later does not change it', () => {
  const memory = busy();
  const before = memory.snapshot();
  const copy = structuredClone(before);
  memory.apply(shown('next', 5e6, 'u', ['a', 'b', 'c']));
  memory.apply({ event: 'item', item: 'd', time: 6e6, fields: {} });
  expect(before).toEqual(copy);
});

it('of a memory that met nothing goes through JSON too', () => {
  const memory = plainMemory();
  expect(throughJson(memory).clock).toBeNull();
  expect(again(memory, throughJson(memory)).clock).toBe(Number.NEGATIVE_INFINITY);
});

it('an emptied memory remembers nothing, and numbers the items as they were', () => {
  const empty = busy().emptied();
  expect(empty.snapshot()).toMatchObject({
    clock: null,
    exposures: 0,
    users: [],
    userFields: [],
    open: [],
    closed: [],
  });
  expect([...empty.items.entries()]).toEqual(['a', 'b', 'c'].map((id, index) => [index, id, {}]));
  expect(empty.settings.limits).toEqual(LIMITS);
});
