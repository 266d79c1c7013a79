import { expect, it } from 'vitest';
import { MINUTE, plainMemory, shown } from '../../test/memory-events.ts';

const NOW = 1_800_000_000_000;

it('lets a list that comes late enter after all that is there, so that one event from the future holds up nobody', () => {
  const memory = plainMemory();
  expect(memory.apply(shown('ahead', NOW + 4 * MINUTE, 'u', ['a', 'b']), NOW)).toBe('taken');
  for (let at = 0; at < 10; at++)
    expect(memory.apply(shown(`list ${at}`, NOW + at, 'u', ['a', 'c']), NOW + at)).toBe('late');
  expect(memory.clock).toBe(NOW + 4 * MINUTE + 10);
  // Nothing but the last is still to enter: whoever asks need not wait for the rest.
  expect(memory.snapshot().pendingLists).toHaveLength(1);
  expect(memory.asOf(memory.clock).state.users.get('u')?.impressions).toBe(10);
});

it('leaves lists of one millisecond there, and what comes late where nothing waits', () => {
  const memory = plainMemory();
  memory.apply(shown('one', NOW, 'u', ['a']));
  memory.apply(shown('two', NOW, 'u', ['a']));
  expect(memory.clock).toBe(NOW);
  memory.apply({ event: 'item', item: 'a', time: NOW + MINUTE, fields: {} });
  memory.apply(shown('three', NOW + 1, 'u', ['a']));
  expect(memory.clock).toBe(NOW + MINUTE);
});
