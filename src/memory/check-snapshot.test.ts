import { describe, expect, it } from 'vitest';
import { clicked, plainMemory, shown } from '../../test/memory-events.ts';
import { checkSnapshot } from './check-snapshot.ts';
import { atOnce } from './pieces.ts';
import type { MemorySnapshot } from './snapshot.ts';

/** Of a memory with a closed list, an open one, a pending one and a pending click. */
function snapshot(limits?: { readonly items: number }): MemorySnapshot {
  const memory = plainMemory({ limits });
  memory.apply(shown('closed', 1, 'v', ['a']));
  const [open, now] = [shown('open', 4e6, 'u', ['a', 'b']), shown('now', 4e6 + 1, 'u', ['b', 'c'])];
  for (const event of [open, now, clicked(open, 'b', 4e6 + 1)]) memory.apply(event);
  return JSON.parse(JSON.stringify(memory.snapshot()));
}

const check = (given: MemorySnapshot, denseColumns: number): void => atOnce(checkSnapshot(given, denseColumns));

const sound = snapshot();
const [open, now] = sound.open;
const [[user, state]] = sound.users;

describe('a snapshot', () => {
  it('is taken as it was given, and after items were evicted', () => {
    expect(() => check(sound, 1)).not.toThrow();
    const evicted = snapshot({ items: 1 });
    expect(evicted.counters.evictedItems).toBeGreaterThan(0);
    expect(() => check(evicted, 1)).not.toThrow();
  });

  it.each<readonly [string, unknown]>([
    ['expected object', null],
    ['clock: expected number', {}],
    ['clock: expected number', { ...sound, clock: 'x' }],
    ['counters: expected object', { ...sound, counters: [] }],
    ['counters.lists: ', { ...sound, counters: { ...sound.counters, lists: 0.5 } }],
    ['exposures: ', { ...sound, exposures: -1 }],
    ['next: expected number', { ...sound, next: undefined }],
    ['users: expected array', { ...sound, users: null }],
    ['positionExposures: expected a list of whole numbers from 0', { ...sound, positionExposures: [-1, 3] }],
    ['positionClicks: expected a list', { ...sound, positionClicks: [0.5, 0] }],
    ['open.0.clickedK: expected a list of zeros and ones', { ...sound, open: [{ ...open, clickedK: [2, 0] }, now] }],
    ['items.0.2.price: expected a value of a field', { ...sound, items: [[0, 'a', { price: null }]] }],
  ])('without its form is refused: %s', (sentence, given) => {
    expect(() => check(given as MemorySnapshot, 1)).toThrow(`the memory's snapshot: ${sentence}`);
  });

  it.each<readonly [string, Partial<MemorySnapshot>]>([
    ['a time of the last event', { clock: null }],
    ['every item once', { items: [...sound.items, sound.items[0]] }],
    ['every item once, below "next"', { next: 1 }],
    ['every user once', { users: [...sound.users, [user, state]] }],
    ['"itemStates" of items', { items: [] }],
    ['users who saw items', { users: [[user, { ...state, clicked: [7] }]] }],
    ['as many exposures and clicks by position', { positionExposures: [9, 9] }],
    ['as many exposures and clicks by item', { itemStates: [] }],
    ['open lists with a number for every item', { open: [{ ...open, positions: [0] }, now] }],
    ['open lists with a number for every item', { sequence: 1 }],
    ['only open lists that are pending', { open: [open] }],
    ['only open lists that are pending', { pendingClicks: [[open.sequence, 2, 4e6 + 1]] }],
  ])('whose parts disagree is refused: %s', (part, change) => {
    expect(() => check({ ...sound, ...change }, 1)).toThrow(`expected ${part}`);
  });

  it('of items with other columns is refused', () => {
    expect(() => check(sound, 2)).toThrow('whose items have 2 columns, found one with 1');
  });
});
