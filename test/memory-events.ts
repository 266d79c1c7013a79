/** Memories of items without metadata, and events told in few words, for tests of what is known. */

import type { DescribeItem } from '../src/memory/item-version.ts';
import { createMemory, type Memory, type MemoryOptions } from '../src/memory/memory.ts';
import type { InteractionEvent, RankingEvent } from '../src/slate/events.ts';

/** One token and one number per item, by its index. */
export const describeByIndex: DescribeItem = ({ index, fields }) => ({
  ...{ item: index, dense: [index], tokens: [1 + index], tokenWeights: [1], tokenStarts: [0, 1] },
  ...{ bags: [[1 + index]], fields },
});

export const MINUTE = 60_000;

export const plainMemory = (settings: Partial<MemoryOptions> = {}): Memory =>
  createMemory({
    describe: describeByIndex,
    denseColumns: 1,
    joinWindow: 30 * MINUTE,
    labelTypes: ['click'],
    ...settings,
  });

export const shown = (id: string, time: number, user: string, items: readonly string[]): RankingEvent => ({
  ...{ event: 'ranking', id, time, user, fields: {} },
  items: items.map((item) => ({ id: item, fields: {} })),
});

export const clicked = (list: RankingEvent, item: string, time: number = list.time): InteractionEvent => ({
  ...{ event: 'interaction', ranking: list.id, time, user: list.user, item, type: 'click' },
});
