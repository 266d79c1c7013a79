import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawnList } from '../../test/drawn-lists.ts';
import { createByteReader, createByteWriter, reserve } from './bytes.ts';
import type { OpenList } from './open-list.ts';
import { mostListBytes, readList, writeList } from './packed-list.ts';
import { createListPacker, type PackedList, packClosed, unpackClosed, unpackLists } from './packed-lists.ts';

function packed(list: OpenList): PackedList {
  const writer = createByteWriter(1);
  reserve(writer, mostListBytes(list));
  writeList(writer, list);
  return { id: list.id, user: list.user, numbers: writer.bytes.subarray(0, writer.at) };
}

const unpacked = ({ id, user, numbers }: PackedList): OpenList => readList(createByteReader(numbers), id, user);

it('gives back the lists that were packed, bit for bit, take after take', () => {
  const packer = createListPacker();
  fc.assert(
    fc.property(fc.array(drawnList, { maxLength: 30 }), (lists) => {
      for (const one of lists) packer.add(packed(one));
      expect(Array.from(unpackLists(Buffer.concat(packer.take())), unpacked)).toEqual(lists);
      expect(packer.size).toBe(0);
    }),
    { numRuns: 100 },
  );
});

it('gives back closed lists that were packed', () => {
  fc.assert(
    fc.property(fc.array(drawnList, { maxLength: 9 }), (lists) => {
      const closed = lists.map(({ id, print, time, shownAt }) => ({ id, print, time, shownAt }));
      expect([...unpackClosed(Buffer.concat(packClosed(closed)))]).toEqual(closed);
    }),
  );
});

it('refuses bytes that end within a list', () => {
  const packer = createListPacker();
  packer.add(packed({ ...fc.sample(drawnList, { numRuns: 1, seed: 1 })[0], items: [7], expected3K: [1, 2, 3] }));
  const bytes = Buffer.concat(packer.take());
  for (const missing of [1, 9, 30])
    expect(() => [...unpackLists(bytes.subarray(0, bytes.length - missing))]).toThrow(RangeError);
});
