/**
 * A server's events in a small world whose disk fails and whose process ends at any step, all of it from one seed; after every step what the server has is held against what
 * it must have. A failure names its seed and step: the same seed fails there again.
 */
import { createSlateEncoder, memoryItems } from '../src/encoding/columns/slate-encoder.ts';
import { createMemory, type Memory, type MemoryOptions } from '../src/memory/memory.ts';
import { restoreMemory } from '../src/memory/restore-memory.ts';
import { createRng } from '../src/random/rng.ts';
import { type EventOrder, openEventOrder } from '../src/serve/host/event-order.ts';
import { createFollower, type Follower } from '../src/serve/host/follower.ts';
import type { ArrivingEvent, Outcome } from '../src/serve/host.ts';
import { openJournal } from '../src/serve/journal/journal.ts';
import { JournalUnavailable } from '../src/serve/journal/journal-unavailable.ts';
import { checkEvent } from '../src/slate/check-event.ts';
import type { LogEvent } from '../src/slate/events.ts';
import { exampleEncoders } from './example-features.ts';
import { createFaultyDisk } from './faulty-store.ts';
import { createArrivals } from './simulated-events.ts';
import { createExpected, type Expected } from './simulated-expected.ts';

const encoder = createSlateEncoder({
  ...{ encoders: exampleEncoders, historyLength: 3, graph: { fanOut: 2, clicks: 2, seed: 1 } },
});
const MINUTE = 60_000;
const memoryOptions: MemoryOptions = {
  ...memoryItems(encoder),
  ...{ joinWindow: 30 * MINUTE, labelTypes: ['click'], limits: { users: 3 } },
};
const newMemory = (): Memory => createMemory(memoryOptions);

/** What a simulation did, so that a test can see that it did anything. */
export interface SimulationFacts {
  taken: number;
  again: number;
  rejected: number;
  refused: number;
  crashes: number;
  restarts: number;
  snapshots: number;
  erased: number;
  warnings: number;
}

interface Server {
  readonly order: EventOrder;
  readonly first: Follower;
}

/** Throws where anything is not as it must be. */
export async function simulateServer(
  seed: number,
  { steps = 24 }: { readonly steps?: number } = {},
): Promise<SimulationFacts> {
  const rng = createRng(`server ${seed}`);
  const disk = createFaultyDisk(rng.split('disk'));
  const arrival = createArrivals(rng.split('events'));
  const durability = rng.next() < 0.8 ? 'disk' : 'process';
  const segmentBytes = [300, 1500, 1 << 20][rng.integer(3)];
  const facts: SimulationFacts = {
    taken: 0,
    again: 0,
    rejected: 0,
    refused: 0,
    crashes: 0,
    restarts: 0,
    snapshots: 0,
    erased: 0,
    warnings: 0,
  };
  const expected: Expected = createExpected(newMemory);
  let now = 1_800_000_000_000;
  let anyErased = false;
  let server = await begin();

  for (let step = 0; step < steps; step++) {
    try {
      await act();
      if (disk.isCrashed) await crashed();
      await expected.check({
        files: disk.files(),
        sequence: server.order.sequence,
        memory: server.first.memory,
        hasFault: server.order.fault !== undefined,
      });
    } catch (error) {
      throw new Error(`seed ${seed}, step ${step}: ${(error as Error).message}`, { cause: error });
    }
  }
  return facts;

  async function act(): Promise<void> {
    now += [0, 1, 1000, 20 * MINUTE, 1500 * MINUTE, -5 * MINUTE][rng.integer(6)];
    const chance = rng.next();
    if (chance < 0.12) disk.crashAfter(1 + rng.integer(12));
    else if (chance < 0.2) disk.failSyncs(1 + rng.integer(3));
    else if (chance < 0.26) disk.fill(rng.integer(400));
    else if (chance < 0.34) disk.fill(undefined);
    else if (chance < 0.38) return cleanRestart();
    const calls = Array.from({ length: 1 + rng.integer(3) }, () =>
      Array.from({ length: 1 + rng.integer(4) }, () => arrival(now)),
    );
    const other = rng.next() < 0.1 ? joinAnother() : Promise.resolve();
    const snapshot = rng.next() < 0.15 ? takeSnapshot() : Promise.resolve();
    const erasing = rng.next() < 0.08 ? erase(`u${1 + rng.integer(4)}`) : Promise.resolve();
    await Promise.all([...calls.map(observe), other, snapshot, erasing]);
    if (rng.next() < 0.2) await server.order.mend();
  }

  async function observe(events: readonly ArrivingEvent[]): Promise<void> {
    expected.sent(events);
    try {
      const { outcomes } = await server.order.observe(events);
      for (const [at, outcome] of outcomes.entries()) told(events[at], outcome);
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      facts.refused += events.length;
    }
  }

  function told(event: ArrivingEvent, outcome: Outcome): void {
    if (!outcome.taken) facts[outcome.code === 'journal-unavailable' ? 'refused' : 'rejected']++;
    else facts[outcome.applied === 'again' ? 'again' : 'taken']++;
    if (outcome.taken) expected.acknowledged(event, outcome.sequence);
  }

  async function erase(user: string): Promise<void> {
    anyErased = true;
    try {
      await server.order.erase(user);
      expected.erased(user);
      facts.erased++;
    } catch {
      // What is left undone is done at the next start.
    }
  }

  async function takeSnapshot(): Promise<void> {
    try {
      await server.order.snapshot();
      facts.snapshots++;
    } catch {
      // A full disk, a failed sync, the end: the journal has everything.
    }
  }

  /** A memory that comes later knows the same. */
  async function joinAnother(): Promise<void> {
    const { order, first } = server;
    const other = createFollower(newMemory(), { name: 'other', key: '', sequence: 0 });
    try {
      await order.join(other);
    } catch (error) {
      if (!disk.isCrashed) throw error;
      return;
    }
    // Nobody can compute any more what one who was forgotten did.
    if (!anyErased && JSON.stringify(other.memory.snapshot()) !== JSON.stringify(first.memory.snapshot()))
      throw new Error('expected one who joins to know what the first knows');
    order.leave(other);
  }

  async function cleanRestart(): Promise<void> {
    // A sync may fail here too: then the next process settles what is there.
    await server.order.close().catch(() => undefined);
    if (disk.isCrashed) return;
    facts.restarts++;
    disk.restart({ lost: false });
    server = await begin();
  }

  async function crashed(): Promise<void> {
    facts.crashes++;
    const lost = rng.next() < 0.7;
    disk.restart({ lost });
    if (rng.next() < 0.3) disk.crashAfter(1 + rng.integer(20));
    expected.crashed({ mayLose: lost && durability === 'process' });
    try {
      server = await begin();
    } catch (error) {
      if (!disk.isCrashed) throw error;
      await crashed();
      return;
    }
    if (disk.isCrashed) await crashed();
  }

  async function begin(): Promise<Server> {
    const store = disk.open();
    const warn = (): void => void facts.warnings++;
    const order = await openEventOrder({
      ...{ journal: await openJournal({ store, durability, segmentBytes, now: () => now, warn }), store, warn },
      read: (event) => {
        checkEvent(event as LogEvent);
        return event as LogEvent;
      },
    });
    const known = order.stored('first', '');
    const follower = createFollower(known ? await restoreMemory(memoryOptions, known.chunks) : newMemory(), {
      name: 'first',
      key: '',
      sequence: known?.sequence ?? 0,
    });
    const first: Follower = {
      ...{ name: 'first', key: '' },
      memory: follower.memory,
      get sequence() {
        return follower.sequence;
      },
      apply(entry) {
        const followed = follower.apply(entry);
        if (server?.first === first) expected.entered(entry, followed);
        return followed;
      },
    };
    await order.join(first);
    await expected.recovered(disk.files(), order.sequence);
    await order.finishErasing();
    return { order, first };
  }
}
