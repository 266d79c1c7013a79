import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OpenList } from './open-lists.ts';
import { createListPacker, packClosed, unpackClosed, unpackLists } from './packed-lists.ts';

const text = fc.string({ unit: 'binary' });
const list: fc.Arbitrary<OpenList> = fc
  .record({
    id: text,
    print: fc.integer(),
    sequence: fc.maxSafeNat(),
    time: fc.nat().map((time) => 1e12 + time / 2),
    shownAt: fc.nat(),
    user: text,
    slots: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(1), fc.nat(1), fc.double({ noNaN: true })), { maxLength: 12 }),
  })
  .map(({ slots, ...told }) => ({
    ...told,
    items: slots.map(([item]) => item),
    positions: slots.map(([, position]) => position),
    expected3K: slots.flatMap(([, , , , rate]) => [rate, -rate, rate / 3]),
    clickedK: slots.map(([, , clicked]) => clicked),
    clickedAtOnceK: slots.map(([, , , atOnce]) => atOnce),
  }));

it('gives back the lists that were packed, bit for bit, take after take', () => {
  const packer = createListPacker();
  fc.assert(
    fc.property(fc.array(list, { maxLength: 30 }), (lists) => {
      for (const one of lists) packer.add(one);
      expect(unpackLists(Buffer.concat(packer.take()))).toEqual(lists);
      expect(packer.size).toBe(0);
    }),
    { numRuns: 100 },
  );
});

it('gives back closed lists that were packed', () => {
  fc.assert(
    fc.property(fc.array(list, { maxLength: 9 }), (lists) => {
      const closed = lists.map(({ id, print, time, shownAt }) => ({ id, print, time, shownAt }));
      expect(unpackClosed(Buffer.concat(packClosed(closed)))).toEqual(closed);
    }),
  );
});

it('refuses bytes that end within a list', () => {
  const packer = createListPacker();
  packer.add(fc.sample(list, { numRuns: 1, seed: 1 })[0]);
  const bytes = Buffer.concat(packer.take());
  expect(() => unpackLists(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
});
