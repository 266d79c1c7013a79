import { expect, it } from 'vitest';
import type { DatasetRow } from './dataset.ts';
import { lineSize, paused, rowSize } from './paused.ts';

const item = (values: number): DatasetRow => ({
  kind: 'item',
  event: { event: 'item', item: 'i', time: 0, fields: { tags: Array(values).fill('t') } },
});
const list = (K: number): DatasetRow => ({
  kind: 'impression',
  index: 0,
  impression: {
    ranking: {
      event: 'ranking',
      id: 'r',
      time: 0,
      user: '',
      fields: {},
      items: Array(K).fill({ id: 'i', fields: {} }),
    },
    clickTimesK: new Float64Array(K),
  },
});

async function* repeated(row: DatasetRow, count: number): AsyncGenerator<DatasetRow> {
  for (let at = 0; at < count; at++) yield row;
}

it.each([
  ['long bags', item(10_000), 1],
  ['long lists', list(1000), 4],
  ['short lists', list(10), 400],
] as const)('stops soon among %s, though nothing is waited for', async (_, row, most) => {
  const controller = new AbortController();
  // Comes only when the process gets to it.
  setImmediate(() => controller.abort(new Error('stopped')));
  let passed = 0;
  const walk = async (): Promise<void> => {
    for await (const _row of paused(repeated(row, 10_000), { signal: controller.signal, sizeOf: rowSize })) passed++;
  };
  await expect(walk()).rejects.toThrow('stopped');
  expect(passed).toBeLessThanOrEqual(most);
});

it('changes no row', async () => {
  const rows = [item(3), list(5000), item(0)];
  const found: DatasetRow[] = [];
  async function* source(): AsyncGenerator<DatasetRow> {
    yield* rows;
  }
  for await (const row of paused(source(), { signal: undefined, sizeOf: rowSize })) found.push(row);
  expect(found).toEqual(rows);
});

it.each([
  ['long lines', 200_000, 1],
  ['short lines', 288, 400],
] as const)('stops soon among %s that are in memory', async (_, letters, most) => {
  const controller = new AbortController();
  setImmediate(() => controller.abort(new Error('stopped')));
  let passed = 0;
  const read = async (): Promise<void> => {
    const lines = Array.from({ length: 10_000 }, () => ({ raw: 'x'.repeat(letters) }));
    for await (const _line of paused(lines, { signal: controller.signal, sizeOf: lineSize })) passed++;
  };
  await expect(read()).rejects.toThrow('stopped');
  expect(passed).toBeLessThanOrEqual(most);
});
