/**
 * How long a snapshot of many users holds up the event loop, how large it is, and how long a start takes from it: with events entering beside it.
 *
 *     npx tsx bench/serve/snapshots.ts [users: 100000] [lists per user: 2]
 */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createSlateEncoder, memoryItems } from '../../src/encoding/columns/slate-encoder.ts';
import { createMemory, type MemoryOptions } from '../../src/memory/memory.ts';
import { restoreMemory } from '../../src/memory/restore-memory.ts';
import { createRng } from '../../src/random/rng.ts';
import { type EventOrder, openEventOrder } from '../../src/serve/host/event-order.ts';
import { createFollower } from '../../src/serve/host/follower.ts';
import type { ArrivingEvent } from '../../src/serve/host.ts';
import { openFileStore } from '../../src/serve/journal/file-store.ts';
import { openJournal } from '../../src/serve/journal/journal.ts';
import type { LogEvent } from '../../src/slate/events.ts';
import { exampleEncoders } from '../../test/example-features.ts';
import { thisMachine } from '../machine.ts';

const [users = 100_000, listsPerUser = 2] = process.argv.slice(2).map(Number);
const ITEMS = 5_000;
const K = 10;
const encoder = createSlateEncoder({ encoders: exampleEncoders, historyLength: 10 });
const memoryOptions: MemoryOptions = {
  ...memoryItems(encoder),
  ...{ joinWindow: 30 * 60_000, labelTypes: ['click'] },
};
const folder = await mkdtemp(join(tmpdir(), 'snapshots-'));
const rng = createRng(1);
let now = 1_800_000_000_000;
let lists = 0;

async function open(): Promise<{
  readonly order: EventOrder;
  readonly close: () => Promise<void>;
  readonly seconds: number;
}> {
  const started = performance.now();
  const store = await openFileStore(folder);
  const warn = (message: string): void => void process.stderr.write(`${message}\n`);
  const journal = await openJournal({ store, durability: 'process', now: () => now, warn });
  const order = await openEventOrder({
    ...{ journal, store, warn },
    read: (event) => event as LogEvent,
  });
  const known = order.stored('a', '');
  const memory = known ? await restoreMemory(memoryOptions, known.chunks) : createMemory(memoryOptions);
  await order.join(createFollower(memory, { name: 'a', key: '', sequence: known?.sequence ?? 0 }));
  const close = async (): Promise<void> => {
    await order.close();
    await store.close();
  };
  return { order, close, seconds: (performance.now() - started) / 1000 };
}

function listOf(user: number): readonly ArrivingEvent[] {
  now += 20;
  const items = [...new Set(Array.from({ length: K }, () => `i${rng.integer(ITEMS)}`))].map((id) => ({
    id,
    fields: {},
  }));
  const id = `l${lists++}`;
  const list: LogEvent = { event: 'ranking', id, time: now, user: `user-${user}`, fields: {}, items };
  const { id: item } = items[rng.integer(items.length)];
  const click: LogEvent = { event: 'interaction', ranking: id, user: '', time: now + 1, item, type: 'click' };
  return [{ event: list }, { event: click }];
}

const first = await open();
const began = performance.now();
for (let n = 0; n < users * listsPerUser; n += 100)
  await first.order.observe(Array.from({ length: 100 }, (_, k) => listOf((n + k) % users)).flat());
const eventsPerSecond = Math.round((2 * users * listsPerUser) / ((performance.now() - began) / 1000));

const quiet = await delayDuring(() => new Promise((done) => setTimeout(done, 2000)));
const during = await delayDuring(() => first.order.snapshot());
const [file] = (await readdir(folder)).filter((name) => name.endsWith('.snapshot'));
const { size } = await stat(join(folder, file));
await first.close();
const again = await open();
await again.close();
console.log(
  JSON.stringify(
    {
      ...{ machine: thisMachine(), load: loadavg()[0], users, listsPerUser, K, eventsPerSecond },
      ...{ withoutSnapshot: quiet, duringSnapshot: during, bytes: size, bytesPerUser: Math.round(size / users) },
      ...{ secondsToStart: again.seconds, entriesAfterSnapshot: first.order.sequence - Number(file.slice(0, 16)) },
    },
    null,
    2,
  ),
);
await rm(folder, { recursive: true });

/** 200 events a second beside it. Milliseconds beyond the timer's own. */
async function delayDuring(
  act: () => Promise<unknown>,
): Promise<{ readonly milliseconds: number; readonly longestDelay: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const events = setInterval(() => void first.order.observe(listOf(rng.integer(users))), 10);
  const started = performance.now();
  delay.enable();
  await act();
  delay.disable();
  clearInterval(events);
  return { milliseconds: Math.round(performance.now() - started), longestDelay: Math.round(delay.max / 1e6) };
}
