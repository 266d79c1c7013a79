import { expect, it } from 'vitest';
import { describeByIndex, plainMemory, shown } from '../../test/memory-events.ts';
import { memoryInPieces } from './memory-in-pieces.ts';
import { atOnce, eachRow, ROWS } from './pieces.ts';
import type { MemorySnapshot } from './snapshot.ts';

const COUNT = 5 * ROWS + 1;
const options = { describe: describeByIndex, denseColumns: 1, joinWindow: 60_000, labelTypes: ['click'] };

/** Of many users. Tells of each that is read. */
function watched(onRead: (user: string) => void): MemorySnapshot {
  const memory = plainMemory();
  // The last list has not entered yet.
  for (let n = 0; n <= COUNT; n++) memory.apply(shown(`list ${n}`, n, `user ${n}`, ['a', 'b']));
  const snapshot = memory.snapshot();
  const users = snapshot.users.map(([id, { seen, ...user }]) => {
    const telling = {
      ...user,
      get seen() {
        onRead(id);
        return seen;
      },
    };
    return [id, telling] as const;
  });
  return { ...snapshot, users };
}

it('a memory is made of its snapshot with no more than a piece of its users between two pauses', () => {
  const read = new Set<string>();
  const sizes: number[] = [];
  const work = memoryInPieces(
    options,
    watched((user) => read.add(user)),
  );
  let step = work.next();
  for (; step.done !== true; step = work.next()) {
    sizes.push(read.size);
    read.clear();
  }
  expect(Math.max(...sizes, read.size)).toBe(ROWS);
  expect(step.value.sizes().users).toBe(COUNT);
});

it('what is made piece by piece is what is made at once', () => {
  const snapshot = watched(() => undefined);
  expect(atOnce(memoryInPieces(options, snapshot)).snapshot()).toEqual(JSON.parse(JSON.stringify(snapshot)));
});

it('a pause comes after each piece of rows', () => {
  const seen: number[] = [];
  const work = eachRow(Array.from({ length: 2 * ROWS + 1 }).keys(), (row) => seen.push(row));
  const counts = [0, 1, 2, 3].map(() => [work.next().done, seen.length]);
  expect(counts).toEqual([
    [false, ROWS],
    [false, 2 * ROWS],
    [false, 2 * ROWS + 1],
    [true, 2 * ROWS + 1],
  ]);
});
