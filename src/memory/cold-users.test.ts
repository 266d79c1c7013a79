import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createColdUsers } from './cold-users.ts';
import { segmentsInMemory, type UserSegments } from './user-segments.ts';

/** Counts what is held. */
function counted(size: number): UserSegments & { readonly held: () => number } {
  const inMemory = segmentsInMemory(size);
  let held = 0;
  return {
    size,
    held: () => held,
    make(bytes) {
      held += bytes;
      const segment = inMemory.make(bytes);
      return {
        ...segment,
        release: () => {
          held -= bytes;
          segment.release();
        },
      };
    },
  };
}

it('holds what was written last, through any order of writing and removing, in little more room than it takes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(40), fc.nat(300)), { minLength: 200, maxLength: 800 }),
      fc.array(fc.nat(800), { maxLength: 3 }),
      (steps, moments) => {
        const segments = counted(1000);
        const cold = createColdUsers(segments);
        const plain = new Map<number, Uint8Array>();
        const captured: {
          readonly expected: Map<number, Uint8Array>;
          readonly frozen: ReturnType<typeof cold.capture>;
        }[] = [];
        for (const [at, [slot, length]] of steps.entries()) {
          if (moments.includes(at)) captured.push({ expected: new Map(plain), frozen: cold.capture() });
          if (length < 30) {
            cold.remove(slot);
            plain.delete(slot);
          } else {
            const bytes = new Uint8Array(length * (length === 300 ? 9 : 1)).fill(at);
            cold.write(slot, bytes);
            plain.set(slot, bytes);
          }
        }
        for (let slot = 0; slot < 50; slot++) expect(cold.has(slot)).toBe(plain.has(slot));
        for (const [slot, bytes] of plain) expect(cold.read(slot)).toEqual(bytes);
        for (const { expected, frozen } of captured) {
          for (const [slot, bytes] of expected) expect(frozen.read(slot)).toEqual(bytes);
          frozen.release();
        }
        const taken = [...plain.values()].reduce((sum, { length }) => sum + 8 + length, 0);
        // An eighth out of date, ends of segments that nothing fitted in, the last one, and what was removed since.
        expect(segments.held()).toBeLessThan(2 * taken + 12_000);
      },
    ),
    { numRuns: 100 },
  );
});

it('pieces longer than a segment have one of their own', () => {
  const cold = createColdUsers(segmentsInMemory(100));
  const long = new Uint8Array(5000).map((_, at) => at);
  cold.write(7, long);
  cold.write(3, Uint8Array.of(1, 2));
  expect([cold.read(7), cold.read(3)]).toEqual([long, Uint8Array.of(1, 2)]);
});
