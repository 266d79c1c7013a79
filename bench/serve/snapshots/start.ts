/** A server's events and memory, without its models and doors. */
import { createSlateEncoder, memoryItems } from '../../../src/encoding/columns/slate-encoder.ts';
import { createMemory, type MemoryOptions } from '../../../src/memory/memory.ts';
import { restoreMemory } from '../../../src/memory/restore-memory.ts';
import { type EventOrder, openEventOrder } from '../../../src/serve/host/event-order.ts';
import { createFollower } from '../../../src/serve/host/follower.ts';
import { openFileStore } from '../../../src/serve/journal/file-store.ts';
import { openJournal } from '../../../src/serve/journal/journal.ts';
import type { JournalStore } from '../../../src/serve/journal/store.ts';
import type { LogEvent } from '../../../src/slate/events.ts';
import { exampleEncoders } from '../../../test/example-features.ts';

const encoder = createSlateEncoder({ encoders: exampleEncoders, historyLength: 10 });
export const memoryOptions: MemoryOptions = {
  ...memoryItems(encoder),
  ...{ joinWindow: 30 * 60_000, labelTypes: ['click'] },
};
/** Of the memory. */
export const NAME = 'a';
export const KEY = '';

export const warn = (message: string): void => void process.stderr.write(`${message}\n`);

export interface Started {
  readonly order: EventOrder;
  readonly close: () => Promise<void>;
  /** Until events could be taken; on the clock, and of processor time, all threads together. */
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly residentMebibytes: number;
  readonly users: number;
  readonly openLists: number;
  /** That the memory was ever shown, and its clock. */
  readonly lists: number;
  readonly clock: number;
}

export async function startHere(folder: string): Promise<Started> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const store = await openFileStore(folder);
  const journal = await openJournal({ store, durability: 'process', now: () => memory.clock, warn });
  const order = await openEventOrder({ ...{ journal, store, warn }, read: (event) => event as LogEvent });
  const known = order.stored(NAME, KEY);
  const memory = known ? await restoreMemory(memoryOptions, known.chunks) : createMemory(memoryOptions);
  await order.join(createFollower(memory, { name: NAME, key: KEY, sequence: known?.sequence ?? 0 }));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    order,
    close: () => closeBoth(order, store),
    seconds,
    processorSeconds: (user + system) / 1e6,
    residentMebibytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
    ...memory.sizes(),
    lists: memory.counters.lists,
    clock: memory.clock,
  };
}

async function closeBoth(order: EventOrder, store: JournalStore): Promise<void> {
  await order.close();
  await store.close();
}
