/** Open lists as fast-check draws them. */
import fc from 'fast-check';
import type { OpenList } from '../src/memory/open-list.ts';

/** With letters of one byte, of two, and halves of pairs. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme-ascii' }),
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat(65_535)).map((codes) => String.fromCharCode(...codes)),
);

export const drawnList: fc.Arbitrary<OpenList> = fc
  .record({
    id: anyText,
    print: fc.integer(),
    sequence: fc.maxSafeNat(),
    time: fc.nat().map((time) => 1e12 + time / 2),
    shownAt: fc.nat(),
    user: anyText,
    slots: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(1), fc.nat(1), fc.double({ noNaN: true })), { maxLength: 12 }),
  })
  .map(({ id, print, sequence, time, shownAt, user, slots }) => ({
    ...{ id, print, sequence, time, shownAt, user },
    items: slots.map(([item]) => item),
    positions: slots.map(([, position]) => position),
    expected3K: slots.flatMap(([, , , , rate]) => [rate, -rate, rate / 3]),
    clickedK: slots.map(([, , clicked]) => clicked),
    clickedAtOnceK: slots.map(([, , , atOnce]) => atOnce),
  }));
