import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clicked, describeByIndex, MINUTE, shown } from '../../test/memory-events.ts';
import type { LogEvent } from '../slate/events.ts';
import { RejectedEvent } from '../slate/rejected-event.ts';
import { createMemory, type Memory, type MemoryOptions } from './memory.ts';
import { restoreMemory } from './restore-memory.ts';
import { segmentsInMemory } from './user-segments.ts';

const options = (): MemoryOptions => ({
  ...{ describe: describeByIndex, denseColumns: 1, joinWindow: 30 * MINUTE, labelTypes: ['click'] },
  limits: { users: 40, items: 20 },
  storage: { hotUsers: 16, segments: segmentsInMemory(3000) },
});

/** Lists and clicks of 50 users, metadata of both sorts. */
function eventsOf(draws: readonly number[]): readonly LogEvent[] {
  let time = 1e12;
  return draws.flatMap((draw, at): LogEvent[] => {
    time += draw % 3 === 0 ? 0 : draw * 1000;
    const user = `u${draw % 50} "é`;
    if (draw % 11 === 0) return [{ event: 'user', user, time, fields: { age: draw } }];
    if (draw % 13 === 0) return [{ event: 'item', item: `i${draw % 25}`, time, fields: { price: draw } }];
    const list = shown(`r${at}`, time, user, [`i${draw % 25}`, `i${(draw + 7) % 25}`]);
    return draw % 4 === 0 ? [list, clicked(list, list.items[draw % 2].id, time + (draw % 5))] : [list];
  });
}

function tell(memory: Memory, events: readonly LogEvent[]): void {
  for (const event of events) {
    try {
      memory.apply(event);
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
    }
  }
}

/** The same bytes, cut otherwise. */
function* cutAnew(chunks: readonly Uint8Array[], size: number): Generator<Uint8Array> {
  const bytes = Buffer.concat(chunks);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const draws = fc.array(fc.nat(1000), { minLength: 150, maxLength: 300 });

it('is of its moment, though events enter between its chunks, and a memory made from it goes on as the other did', async () => {
  await fc.assert(
    fc.asyncProperty(draws, draws, fc.integer({ min: 1, max: 3000 }), async (before, after, size) => {
      const memory = createMemory(options());
      tell(memory, eventsOf(before));
      const expected = JSON.stringify(memory.snapshot());
      const meanwhile = eventsOf([...before, ...after]).slice(eventsOf(before).length);
      const chunks: Uint8Array[] = [];
      let told = 0;
      for (const chunk of memory.capture()) {
        chunks.push(chunk);
        tell(memory, meanwhile.slice(told, told + 20));
        told += 20;
      }
      const again = await restoreMemory(options(), cutAnew(chunks, size));
      expect(JSON.stringify(again.snapshot())).toBe(expected);
      tell(memory, meanwhile.slice(told));
      tell(again, meanwhile);
      expect(JSON.stringify(again.snapshot())).toBe(JSON.stringify(memory.snapshot()));
    }),
    { numRuns: 30 },
  );
});

const someChunks = (): Uint8Array[] => {
  const memory = createMemory(options());
  tell(memory, eventsOf(Array.from({ length: 200 }, (_, at) => (at * 37) % 1000)));
  return [...memory.capture()];
};

it('is refused where a byte is another, where its end is missing, and where something follows', async () => {
  const chunks = someChunks();
  const bytes = Buffer.concat(chunks);
  const refused = async (given: Uint8Array): Promise<void> => {
    await expect(restoreMemory(options(), [given])).rejects.toMatchObject({ code: 'invalid-snapshot' });
  };
  for (let at = 7; at < bytes.length; at += 131) {
    const damaged = Buffer.from(bytes);
    damaged[at] ^= 4;
    await refused(damaged);
  }
  for (const length of [0, 3, 100, bytes.length - 1]) await refused(bytes.subarray(0, length));
  await refused(Buffer.concat([bytes, Buffer.of(1)]));
  await expect(restoreMemory({ ...options(), denseColumns: 2 }, chunks)).rejects.toMatchObject({ code: 'other-model' });
});

it('is taken once', () => {
  const memory = createMemory(options());
  const capture = memory.capture();
  capture.release();
  capture.release();
  expect(() => [...capture]).toThrow('expected to be taken once');
});
