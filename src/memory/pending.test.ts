import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clicked, plainMemory, shown } from '../../test/memory-events.ts';
import type { InteractionEvent } from '../slate/events.ts';
import type { MemorySnapshot } from './snapshot.ts';

const earlier = shown('earlier', 5, 'u', ['a', 'b', 'c']);
const [first, second] = [shown('first', 10, 'u', ['b', 'a']), shown('second', 10, 'u', ['c', 'a'])];
const clicks = [
  ...[clicked(earlier, 'a', 10), clicked(earlier, 'b', 10), clicked(earlier, 'c', 10)],
  ...[clicked(first, 'a'), clicked(first, 'b'), clicked(second, 'c'), clicked(second, 'a')],
];

/** What is known in the end, of clicks of one millisecond that arrive in this order. */
function known(order: readonly InteractionEvent[]): MemorySnapshot {
  const memory = plainMemory();
  memory.apply(earlier);
  memory.apply(first);
  memory.apply(second);
  for (const click of order) memory.apply(click);
  memory.apply(shown('later', 11, 'v', ['a']));
  return memory.snapshot();
}

it('lets clicks of one millisecond enter by their list and item, whatever the order of arrival', () => {
  const expected = known(clicks);
  fc.assert(
    fc.property(fc.shuffledSubarray(clicks, { minLength: clicks.length }), (order) => {
      expect(known(order)).toEqual(expected);
    }),
  );
  // Those of the list before first, then list after list, each click behind its exposure: b was shown first and is older than a.
  const [, user] = expected.users.find(([id]) => id === 'u') ?? expect.fail('expected a user');
  expect(user.clicked).toEqual([0, 2, 1]);
  expect(user.skipped).toEqual([]);
});

it('lets nothing of one millisecond know of another', () => {
  const memory = plainMemory();
  memory.apply(shown('r', 10, 'u', ['a']));
  memory.apply(clicked(shown('r', 10, 'u', ['a']), 'a'));
  expect(memory.asOf(10).state).toMatchObject({ exposures: 0, clicks: 0 });
  expect(memory.asOf(11).state).toMatchObject({ exposures: 1, clicks: 1 });
  memory.apply(shown('s', 10, 'u', ['a']));
  expect(memory.snapshot().open.map(({ expected3K }) => expected3K)).toEqual(
    new Array(2).fill(memory.snapshot().open[0].expected3K),
  );
});

it('an arrival is a moment: microseconds would hold every later event', () => {
  const memory = plainMemory();
  for (const arrivedAt of [Number.NaN, -1, 1e15, 'now' as unknown as number])
    expect(() => memory.apply(shown('r', 1, 'u', ['a']), arrivedAt)).toThrow(
      /^apply: expected an arrival in milliseconds/,
    );
  expect(memory.counters).toMatchObject({ events: 0, lists: 0 });
});
