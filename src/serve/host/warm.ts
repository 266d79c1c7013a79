import type { ListModel } from '../../live/list-model.ts';
import type { Memory } from '../../memory/memory.ts';

const ITEMS = 10;
const TIMES = 3;

/** Asks a model as callers will, so that the first of them does not wait for what is made at first use. */
export async function warm(model: ListModel, memory: Pick<Memory, 'items'>): Promise<void> {
  const items: string[] = [];
  for (const [, id] of memory.items.entries()) {
    items.push(id);
    if (items.length === ITEMS) break;
  }
  if (items.length === 0) return;
  for (let time = 0; time < TIMES; time++) await model.score([{ items }]);
  await model.generate({ items }, { generator: 'greedy', size: 1 });
}
