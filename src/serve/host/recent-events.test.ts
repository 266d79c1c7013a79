import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RECENT } from '../journal/contract.ts';
import { KEY_LENGTH, type RecentPiece } from '../snapshots/recent-piece.ts';
import { createRecentEvents, type RecentEvents } from './recent-events.ts';

const LIMIT = 1500;
const rowsOf = (recent: RecentEvents, last: number): unknown[] =>
  [...recent.pieces(last)].flatMap((piece) =>
    keysOf(piece).map((key, at) => [key, piece.sequences[at], piece.arrivals[at]]),
  );

const keyOf = (number: number): string => `key ${number}`.padEnd(KEY_LENGTH, '.');

function keysOf({ keys, sequences }: RecentPiece): string[] {
  const text = Buffer.from(keys).toString('latin1');
  return Array.from(sequences, (_, at) => text.slice(at * KEY_LENGTH, (at + 1) * KEY_LENGTH));
}

it('knows the latest of a day, up to a limit, as a map would, also once it is stored and taken up again', () => {
  const draw = fc.tuple(fc.nat(4000), fc.constantFrom(1, 1, 1, 60_000, 3_600_000));
  fc.assert(
    fc.property(fc.array(draw, { minLength: 5000, maxLength: 6000, size: 'max' }), (draws) => {
      const naive = new Map<string, { readonly sequence: number; readonly arrivedAt: number }>();
      let recent = createRecentEvents(LIMIT);
      let arrivedAt = 0;
      for (const [at, [number, later]] of draws.entries()) {
        arrivedAt += at % 50 === 0 ? later : 1;
        const key = keyOf(number);
        const told = { sequence: at + 1, arrivedAt };
        recent.add(key, told);
        naive.delete(key);
        naive.set(key, told);
        for (const [oldest, met] of naive) {
          if (naive.size <= LIMIT && arrivedAt - met.arrivedAt <= RECENT) break;
          naive.delete(oldest);
        }
        if (at === 4000) recent = createRecentEvents(LIMIT, recent.pieces(at + 1));
        expect(recent.find(key)).toBe(at + 1);
      }
      const all = Array.from(naive, ([key, { sequence, arrivedAt: met }]) => [key, sequence, met] as const);
      expect(recent.size).toBe(naive.size);
      expect(rowsOf(recent, draws.length)).toEqual(all);
      expect(rowsOf(recent, draws.length - 100)).toEqual(all.filter(([, sequence]) => sequence <= draws.length - 100));
      for (let number = 0; number <= 4000; number++)
        expect(recent.find(keyOf(number))).toBe(naive.get(keyOf(number))?.sequence);
    }),
    { numRuns: 8 },
  );
});

it('goes on telling those of its moment while others come and the oldest go', () => {
  const recent = createRecentEvents(3000);
  for (let n = 1; n <= 3000; n++) recent.add(keyOf(n), { sequence: n, arrivedAt: n });
  const told: string[] = [];
  let next = 3001;
  for (const piece of recent.pieces(3000)) {
    told.push(...keysOf(piece));
    for (const end = next + 1500; next < end; next++) recent.add(keyOf(next), { sequence: next, arrivedAt: next });
  }
  // The second piece begins where the oldest that is left stands.
  expect(told).toEqual([...numbered(1, 1024), ...numbered(1501, 2524)]);
});

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => keyOf(from + at));

it('refuses a key of another length', () => {
  const recent = createRecentEvents(10);
  for (const key of ['', 'short', `${keyOf(1)}.`, `${keyOf(1).slice(1)}\u20ac`.slice(1)])
    expect(() => recent.find(key)).toThrow('expected 22 letters');
});
