/** A journal's folder with a snapshot of many users, as a server writes it, without sending it a million events. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createMemory } from '../../../src/memory/memory.ts';
import { eventKey } from '../../../src/serve/host/event-key.ts';
import { createRecentEvents } from '../../../src/serve/host/recent-events.ts';
import { openFileStore } from '../../../src/serve/journal/file-store.ts';
import { openJournal } from '../../../src/serve/journal/journal.ts';
import { openSnapshots, snapshotFiles } from '../../../src/serve/snapshots/snapshots.ts';
import type { LogEvent } from '../../../src/slate/events.ts';
import { crowd } from './crowd.ts';
import { KEY, memoryOptions, NAME, warn } from './start.ts';

const BEGAN = 1_800_000_000_000;
/** As many as a server remembers. */
const REMEMBERED = 2_000_000;

export async function fill(
  folder: string,
  { users, lists }: { readonly users: number; readonly lists: number },
): Promise<object> {
  const memory = createMemory(memoryOptions);
  const recent = createRecentEvents(REMEMBERED);
  const visits = crowd({ users, after: 0, clock: BEGAN });
  const began = performance.now();
  for (let shown = 0; shown < users * lists; shown++) {
    for (const { event } of visits.next().value) {
      const happened = event as LogEvent;
      memory.apply(happened);
      const key = eventKey(undefined, happened);
      if (key !== undefined) recent.add(key, { sequence: 1, arrivedAt: happened.time });
    }
  }
  const eventsPerSecond = Math.round((2 * users * lists) / ((performance.now() - began) / 1000));
  await using store = await openFileStore(folder);
  const journal = await openJournal({ store, durability: 'process', now: () => memory.clock, warn });
  // A snapshot is of an entry of the journal.
  await journal.append([{ kind: 'gone' }], () => undefined);
  const { sequence } = journal;
  const snapshots = await openSnapshots(store, sequence, warn);
  const memories = [{ name: NAME, key: KEY, capture: memory.capture() }];
  await snapshots.write(sequence, { memories, recent: recent.pieces(sequence) });
  await journal.close();
  const [file] = await snapshotFiles(store);
  const { size } = await stat(join(folder, file));
  return { eventsPerSecond, recent: recent.size, bytes: size, bytesPerUser: Math.round(size / users) };
}
