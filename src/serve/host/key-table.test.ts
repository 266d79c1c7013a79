import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKeyTable } from './key-table.ts';

/** Few keys, so that they share slots and come again. */
const bytesOf = (number: number): Uint8Array => Uint8Array.of(number >> 8, number & 255, number % 7);

it('finds every key at its place as a map would, whatever is pushed, removed and forgotten', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000), { minLength: 6000, maxLength: 7000, size: 'max' }), (numbers) => {
      const table = createKeyTable(3);
      const naive = new Map<number, number>();
      for (const [at, number] of numbers.entries()) {
        const key = bytesOf(number);
        const known = table.find(key);
        expect(known).toBe(naive.get(number) ?? -1);
        if (known >= 0) table.remove(known);
        expect(table.find(key)).toBe(-1);
        table.push(key, at, 2 * at);
        naive.set(number, table.end - 1);
        // Now and then the oldest go, sooner than they come.
        for (let gone = at % 900 === 0 ? 800 : 0; gone > 0 && table.first < table.end - 1; gone--) {
          const place = table.first;
          if (table.isThere(place)) naive.delete([...naive].find(([, own]) => own === place)?.[0] ?? -1);
          table.remove(place);
          table.forgetBefore(place + 1);
        }
      }
      expect(table.size).toBe(naive.size);
      for (const [number, place] of naive) {
        expect(table.find(bytesOf(number))).toBe(place);
        expect([...table.keyAt(place)]).toEqual([...bytesOf(number)]);
        expect([table.arrivalAt(place), table.isThere(place)]).toEqual([2 * table.sequenceAt(place), true]);
      }
    }),
    { numRuns: 10 },
  );
});

it('refuses a key of another length', () => {
  expect(() => createKeyTable(3).push(new Uint8Array(4), 1, 1)).toThrow('push: expected a key of 3 bytes, found 4');
});
