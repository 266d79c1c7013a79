import { expect, it } from 'vitest';
import { clicked, plainMemory, shown } from '../../test/memory-events.ts';

const list = shown('r', 10, 'u', ['a', 'b']);

it('a question ahead of the clock sees what is pending, as it will have entered, and leaves no trace', () => {
  const memory = plainMemory();
  memory.apply(shown('before', 5, 'u', ['b', 'a']));
  memory.apply(list);
  memory.apply(clicked(list, 'b'));
  const before = JSON.stringify(memory.snapshot());
  const { state } = memory.asOf(11);
  const seen = structuredClone({ item: state.items.get(0), other: state.items.get(1), user: state.users.get('u') });
  expect(state).toMatchObject({ exposures: 4, clicks: 1, positionExposures: [2, 2], positionClicks: [0, 1] });
  expect(seen.user).toMatchObject({ clicked: [0], skipped: [1] });
  expect(state.users.get('nobody')).toBeUndefined();
  expect(JSON.stringify(memory.snapshot())).toBe(before);
  expect(memory.asOf(10).state).toMatchObject({ exposures: 2, clicks: 0 });

  // The next event lets it enter: the same numbers.
  memory.apply(shown('later', 20, 'v', ['c']));
  const entered = memory.asOf(20).state;
  expect({ item: entered.items.get(0), other: entered.items.get(1), user: entered.users.get('u') }).toEqual(seen);
});

it('is computed anew after every event', () => {
  const memory = plainMemory();
  memory.apply(list);
  expect(memory.asOf(99).state.clicks).toBe(0);
  memory.apply(clicked(list, 'a'));
  expect(memory.asOf(99).state.clicks).toBe(1);
  expect(memory.asOf(99).state).toBe(memory.asOf(100).state);
});
