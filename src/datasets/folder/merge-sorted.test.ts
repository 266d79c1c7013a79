import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeSorted } from './merge-sorted.ts';

async function* given<T>(records: readonly T[]): AsyncGenerator<T> {
  yield* records;
}

it('is a stable sort of the sources end to end', async () => {
  const source = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(source, { maxLength: 5 }), async (times) => {
      const sources = times.map((of, at) => of.sort((a, b) => a - b).map((time, n) => ({ time, id: `${at}.${n}` })));
      const merged: unknown[] = [];
      for await (const record of mergeSorted(sources.map(given), (a, b) => a.time < b.time)) merged.push(record);
      expect(merged).toEqual(sources.flat().toSorted((a, b) => a.time - b.time));
    }),
  );
});

it('ends every source, whoever stops', async () => {
  const ended: number[] = [];
  async function* source(at: number): AsyncGenerator<number> {
    try {
      for (;;) yield at;
    } finally {
      ended.push(at);
    }
  }
  for await (const _ of mergeSorted([source(0), source(1)], (a, b) => a < b)) break;
  expect(ended.sort()).toEqual([0, 1]);
});
