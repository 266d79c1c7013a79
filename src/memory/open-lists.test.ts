import { expect, it } from 'vitest';
import { clicked, MINUTE, plainMemory, shown } from '../../test/memory-events.ts';
import type { InteractionEvent } from '../slate/events.ts';
import { LATENESS } from '../slate/fitting-list.ts';
import { REMEMBERED } from './closed-rows.ts';
import type { Memory } from './memory.ts';

const START = 1e12;
const WINDOW = 30 * MINUTE;
const list = shown('r', START, 'u', ['a', 'b']);

/** A memory that met the list, its clock moved on to `clock` by an event of no weight. */
function after(clock: number): Memory {
  const memory = plainMemory();
  memory.apply(list);
  memory.apply({ event: 'user', user: 'x', time: clock, fields: {} });
  return memory;
}

const refused = (memory: Memory, click: InteractionEvent): unknown => {
  const { rejected: _, ...before } = memory.snapshot().counters;
  try {
    return memory.apply(click);
  } catch (error) {
    // Nothing has changed but the counter of its reason.
    const { rejected, ...counters } = memory.snapshot().counters;
    expect(counters).toEqual(before);
    const { reason } = error as { readonly reason: string };
    expect(rejected).toEqual({ [reason]: 1 });
    return reason;
  }
};

it('takes a click within the window, and none after it', () => {
  expect(after(START).apply(clicked(list, 'a', START + WINDOW))).toBe('taken');
  expect(refused(after(START), clicked(list, 'a', START + WINDOW + 1))).toBe('late-interaction');
});

it('takes a click of the window that comes late, for five minutes', () => {
  expect(after(START + WINDOW + LATENESS).apply(clicked(list, 'a', START + WINDOW))).toBe('late');
  expect(refused(after(START + WINDOW + LATENESS + 1), clicked(list, 'a', START + 1))).toBe('late-interaction');
});

it('refuses a click on a list that nobody saw, before it, of another user, or on an item that it does not have', () => {
  expect(refused(after(START), { ...clicked(list, 'a'), ranking: 'none' })).toBe('unknown-list');
  expect(refused(after(START), clicked(list, 'a', START - 1))).toBe('interaction-before-list');
  expect(refused(after(START), { ...clicked(list, 'a'), user: 'v' })).toBe('other-user');
  expect(refused(after(START), clicked(list, 'c'))).toBe('item-not-in-list');
  expect(after(START).apply({ ...clicked(list, 'a'), user: '' })).toBe('taken');
});

it('keeps lists that share an id apart, and gives a click to the one whose user, item and time it fits', () => {
  const memory = plainMemory();
  const [first, second, third] = [
    shown('day', START, 'u', ['a', 'b']),
    shown('day', START + MINUTE, 'v', ['a', 'c']),
    shown('day', START + 2 * MINUTE, 'u', ['a', 'd']),
  ];
  for (const one of [first, second, third]) expect(memory.apply(one)).toBe('taken');
  expect(memory.apply(second)).toBe('again');
  const later = START + 3 * MINUTE;
  // Of u's lists with the item the latest, unless the click is from before it.
  expect(memory.apply(clicked(first, 'a', later))).toBe('taken');
  expect(memory.apply(clicked(first, 'b', later))).toBe('taken');
  expect(memory.apply(clicked(second, 'a', later))).toBe('taken');
  expect(memory.apply(clicked(first, 'a', START + MINUTE))).toBe('late');
  expect(refused(memory, clicked(second, 'd', later))).toBe('other-user');
  expect(memory.snapshot().open.map(({ clickedK }) => clickedK)).toEqual([
    [1, 1],
    [1, 0],
    [1, 0],
  ]);
  expect(memory.counters).toMatchObject({ lists: 3, clicks: 4, again: 1 });
});

it('refuses a click that fits two lists of one moment, named or not, as an import does', () => {
  const memory = plainMemory();
  memory.apply(shown('r', START, 'u', ['a', 'b']));
  memory.apply(shown('s', START, 'u', ['a', 'c']));
  memory.apply(shown('s', START, 'u', ['c', 'a']));
  const later = START + MINUTE;
  expect(refused(memory, { ...clicked(shown('', START, 'u', []), 'a', later) })).toBe('ambiguous-list');
  expect(memory.apply(clicked(shown('', START, 'u', []), 'b', later))).toBe('taken');
});

it('takes a list and a click once; a list is remembered for a day', () => {
  const memory = after(START);
  expect(memory.apply(clicked(list, 'a'))).toBe('taken');
  expect(memory.apply(clicked(list, 'a', START + 5))).toBe('again');
  expect(memory.apply(list)).toBe('again');
  expect(memory.snapshot()).toMatchObject({ clock: START, counters: { lists: 1, clicks: 1, again: 2 } });
  expect(after(START + REMEMBERED).apply(list)).toBe('again');
  const day = START + REMEMBERED + 1;
  expect(after(day).apply(list)).toBe('late');
  expect(refused(after(day), clicked(list, 'a'))).toBe('unknown-list');
});
