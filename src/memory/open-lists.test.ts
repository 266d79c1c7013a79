import { expect, it } from 'vitest';
import { clicked, MINUTE, plainMemory, shown } from '../../test/memory-events.ts';
import type { InteractionEvent } from '../slate/events.ts';
import type { Memory } from './memory.ts';
import { LATENESS, REMEMBERED } from './open-lists.ts';

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

it('takes a list and a click once; the id of a list is remembered for a day', () => {
  const memory = after(START);
  expect(memory.apply(clicked(list, 'a'))).toBe('taken');
  expect(memory.apply(clicked(list, 'a', START + 5))).toBe('again');
  expect(memory.apply({ ...list, time: START + 7 })).toBe('again');
  expect(memory.snapshot()).toMatchObject({ clock: START, counters: { lists: 1, clicks: 1, again: 2 } });
  expect(after(START + REMEMBERED).apply({ ...list, time: START + REMEMBERED })).toBe('again');
  const day = START + REMEMBERED + 1;
  expect(after(day).apply({ ...list, time: day })).toBe('taken');
  expect(refused(after(day), clicked(list, 'a'))).toBe('unknown-list');
});
