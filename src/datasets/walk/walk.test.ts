import { expect, it } from 'vitest';
import { plainMemory, shown } from '../../../test/memory-events.ts';
import type { Memory } from '../../memory/memory.ts';
import type { RankingEvent } from '../../slate/events.ts';
import type { Dataset, DatasetRow } from '../folder/dataset.ts';
import { walk } from './walk.ts';

const list = (index: number, ranking: RankingEvent, clickTimes: readonly number[]): DatasetRow => ({
  ...{ kind: 'impression', index },
  impression: { ranking, clickTimesK: Float64Array.from(clickTimes) },
});
const described = (time: number, price: number): DatasetRow => ({
  kind: 'item',
  event: { event: 'item', item: 'a', time, fields: { price } },
});

/** Clicks before the list's own time, at it, after the next list, and in the last millisecond. */
const rows: readonly DatasetRow[] = [
  described(0, 1),
  list(0, shown('r0', 10, 'u', ['a', 'b']), [9, 25]),
  list(1, shown('r1', 20, 'v', ['a', 'b']), [20, -1]),
  described(22, 2),
  list(2, shown('r2', 30, 'u', ['b', 'a']), [-1, 40]),
];
const dataset = {
  summary: { lists: 3 },
  async *rows() {
    yield* rows;
  },
} as unknown as Dataset;

interface Met {
  readonly index: number;
  readonly part: number;
  readonly exposures: number;
  readonly clicks: number;
  readonly price: unknown;
  /** Of u, whose clicks the graph knows. */
  readonly clickedByU: readonly number[] | undefined;
}

async function met(memories: readonly Memory[], options: Partial<Parameters<typeof walk>[1]> = {}): Promise<Met[]> {
  const found: Met[] = [];
  for await (const { index, part, impression } of walk(dataset, { memories, ...options })) {
    const { state, clicks, items, time } = memories[0].asOf(impression.ranking.time);
    expect(time).toBe(impression.ranking.time);
    const { exposures, clicks: clickCount } = state;
    const price = items.fieldsOf('a')?.price;
    const clickedByU = clicks.users.get('u')?.clicked.slice();
    found.push({ index, part, exposures, clicks: clickCount, price, clickedByU });
  }
  return found;
}

it('stops at every list with what was known strictly before it', async () => {
  const memory = plainMemory();
  expect(await met([memory])).toEqual([
    { index: 0, part: 0, exposures: 0, clicks: 0, price: 1, clickedByU: undefined },
    { index: 1, part: 0, exposures: 2, clicks: 1, price: 1, clickedByU: [0] },
    { index: 2, part: 0, exposures: 4, clicks: 3, price: 2, clickedByU: [1, 0] },
  ]);
  // In the end everything has been told.
  expect(memory.counters).toMatchObject({ lists: 3, clicks: 4, late: 0, rejected: {} });
  expect(memory.clock).toBe(40);
});

it('meets held-out users after the others, with metadata and the click graph by the clock', async () => {
  const memory = plainMemory();
  const parts = Uint8Array.of(1, 0, 2);
  expect(await met([memory], { parts, by: 'user' })).toEqual([
    { index: 1, part: 0, exposures: 0, clicks: 0, price: 1, clickedByU: undefined },
    // The counts of the pass before, the price of its own moment, no click that is younger.
    { index: 0, part: 1, exposures: 2, clicks: 1, price: 1, clickedByU: undefined },
    { index: 2, part: 2, exposures: 4, clicks: 3, price: 2, clickedByU: [1, 0] },
  ]);
});

it('tells every memory the same, each within its own window, and every event to who listens', async () => {
  const [one, same, strict] = [plainMemory(), plainMemory({ labelTypes: ['buy'] }), plainMemory({ joinWindow: 5 })];
  const ids: string[] = [];
  await met([one, same, strict], { onEvent: (event) => void (event.event === 'item' && ids.push(event.item)) });
  expect(same.snapshot()).toEqual(one.snapshot());
  expect(strict.counters).toMatchObject({ clicks: 2, rejected: { 'late-interaction': 2 } });
  expect(ids).toEqual(['a', 'a']);
});
