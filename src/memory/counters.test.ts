import { expect, it } from 'vitest';
import { clicked, plainMemory, shown } from '../../test/memory-events.ts';
import { createCounters } from './counters.ts';

it('are copies of what was stored', () => {
  const stored = { ...createCounters(), events: 3, rejected: { 'unknown-list': 2 } };
  const counters = createCounters(stored);
  expect(counters).toEqual(stored);
  counters.rejected['unknown-list'] = 7;
  expect(stored.rejected['unknown-list']).toBe(2);
});

it('say what became of every event', () => {
  const memory = plainMemory();
  const list = shown('r', 1e12, 'u', ['a']);
  const hour = 3_600_000;
  expect(memory.apply(list, 1e12)).toBe('taken');
  expect(memory.apply(list)).toBe('again');
  expect(memory.apply({ ...clicked(list, 'a'), type: 'view' })).toBe('other');
  // Ahead by more than five minutes: held at its arrival, so that it cannot close the windows of others.
  expect(memory.apply(shown('far', 1e12 + hour, 'v', ['a']), 1e12 + 5)).toBe('held');
  expect(memory.clock).toBe(1e12 + 5);
  expect(memory.apply(clicked(list, 'a'), 1e12 + 6)).toBe('late');
  expect(memory.apply(shown('near', 1e12 + 300_006, 'v', ['a']), 1e12 + 6)).toBe('taken');
  expect(memory.counters).toEqual({
    ...createCounters(),
    ...{ events: 6, lists: 3, clicks: 1, late: 1, held: 1, again: 1 },
  });
});
