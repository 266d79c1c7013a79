import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRoster } from './roster.ts';

it('keeps the order of a map, gives numbers again, and a picture of it stays', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 300 }), fc.nat(300), (steps, moment) => {
      const roster = createRoster();
      const plain = new Map<string, number>();
      let captured: { readonly expected: unknown; readonly entries: Iterable<unknown> } | undefined;
      for (const [at, step] of steps.entries()) {
        if (at === moment) captured = { expected: [...plain], entries: roster.capture() };
        const id = `u${step}`;
        const known = plain.get(id);
        expect(roster.numberOf(id)).toBe(known ?? -1);
        if (known === undefined) plain.set(id, roster.add(id));
        else {
          expect(roster.remove(id)).toBe(known);
          plain.delete(id);
        }
      }
      expect([...roster.entries()]).toEqual([...plain]);
      expect(roster.size).toBe(plain.size);
      expect(new Set(plain.values()).size).toBe(plain.size);
      for (const number of plain.values()) expect(number).toBeLessThan(31);
      if (captured) expect([...captured.entries]).toEqual(captured.expected);
    }),
  );
});

it('has room for many', () => {
  const roster = createRoster();
  for (let n = 0; n < 5000; n++) expect(roster.add(`u${n}`)).toBe(n);
  expect(Array.from(roster.entries()).at(-1)).toEqual(['u4999', 4999]);
  expect([roster.idOf(17), roster.remove('nobody')]).toEqual(['u17', -1]);
});
