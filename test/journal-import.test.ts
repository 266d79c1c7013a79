/** Training from a server's journal knows, at every list and in the end, what the server knew, bit for bit. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { createInMemorySlates } from '../src/datasets/slate-source/in-memory-slates.ts';
import { encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { walk } from '../src/datasets/walk/walk.ts';
import { normaliseSlates } from '../src/encoding/columns/fitted-features.ts';
import { createSlateEncoder, memoryItems } from '../src/encoding/columns/slate-encoder.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { createMemory } from '../src/memory/memory.ts';
import { createRng } from '../src/random/rng.ts';
import { openEventOrder } from '../src/serve/host/event-order.ts';
import { createFollower, type Follower } from '../src/serve/host/follower.ts';
import type { JournalEntry } from '../src/serve/journal/entry.ts';
import { openFileStore } from '../src/serve/journal/file-store.ts';
import { openJournal } from '../src/serve/journal/journal.ts';
import { journalSource } from '../src/serve/journal/journal-source.ts';
import type { AnsweredList } from '../src/slate/answered-list.ts';
import type { LogEvent, RankingEvent } from '../src/slate/events.ts';
import { MINUTE, plainMemory } from './memory-events.ts';

const answerOf = ({ id, user, time, fields, items }: RankingEvent): AnsweredList => ({
  ...{ id, user, time, fields, asked: 'generate', model: 'a', policy: 'p', propensity: 0.5, took: 1 },
  candidates: items.map((item) => ({ id: item.id, fields: item.fields })),
  items: items.map((item) => ({ id: item.id, probability: 0.1, propensity: 0.5 })),
});
const settings = { joinWindow: 30 * MINUTE, labelTypes: ['click'] };

const SEEDS = [1, 2, 3, 4, 5, 6];

it.each(SEEDS)(
  'gives the features that were served, from events that came late, early, twice and after restarts (%i)',
  async (seed) => {
    const folder = await mkdtemp(join(tmpdir(), 'journal-import-'));
    const rng = createRng(`journal import ${seed}`);
    const noting = createRng(`noting ${seed}`);
    const some = <T>(values: readonly T[]): T => values[rng.integer(values.length)];
    let now = 1_800_000_000_000;
    const served: JournalEntry[] = [];
    let lists = 0;
    const open = async (): Promise<{
      readonly send: (events: readonly LogEvent[]) => Promise<void>;
      readonly note: (answer: AnsweredList) => void;
      readonly close: () => Promise<void>;
    }> => {
      const store = await openFileStore(join(folder, 'journal'));
      const warn = (): void => undefined;
      const journal = await openJournal({ store, durability: 'process', segmentBytes: 5000, now: () => now, warn });
      const order = await openEventOrder({
        ...{ journal, store, warn },
        read: (event) => event as LogEvent,
      });
      const plain = createMemory({
        ...settings,
        denseColumns: 0,
        describe: ({ index, fields }) => ({
          item: index,
          fields,
          dense: [],
          tokens: [],
          tokenWeights: [],
          tokenStarts: [0],
          bags: [],
        }),
      });
      const follower = createFollower(plain, { name: '', key: '', sequence: 0 });
      const seen: Follower = {
        ...{ name: '', key: '', memory: plain },
        get sequence() {
          return follower.sequence;
        },
        apply(entry) {
          if (entry.sequence > served.length) served.push(entry);
          return follower.apply(entry);
        },
      };
      await order.join(seen);
      return {
        send: async (events) => void (await order.observe(events.map((event) => ({ event })))),
        note: (answer) => order.note([answer]),
        async close() {
          await order.close();
          await store.close();
        },
      };
    };
    let server = await open();
    for (let step = 0; step < 150; step++) {
      now += some([0, 1, 1000, MINUTE, 5 * MINUTE, 31 * MINUTE, 100 * MINUTE]);
      const events = Array.from({ length: 1 + rng.integer(3) }, (): LogEvent => {
        const time = now + some([0, 0, 0, -1, -1000, -MINUTE, -4 * MINUTE, 2 * MINUTE, 500 * MINUTE]);
        const chance = rng.next();
        if (chance < 0.15)
          return {
            event: 'item',
            item: `i${rng.integer(8)}`,
            time,
            fields: { price: rng.integer(9), kind: some(['x', 'y', null]) },
          };
        if (chance < 0.25) return { event: 'user', user: `u${rng.integer(4)}`, time, fields: { age: rng.integer(3) } };
        if (chance < 0.6 || lists === 0) {
          const items = Array.from(new Set(Array.from({ length: 4 }, () => `i${rng.integer(8)}`)), (id) => ({
            id,
            fields: { relevancy: rng.integer(3) },
          }));
          return { event: 'ranking', id: `l${lists++}`, time, user: some(['u0', 'u1', 'u2', '']), fields: {}, items };
        }
        const ranking = `l${Math.max(0, lists - 1 - rng.integer(3))}`;
        return {
          event: 'interaction',
          ranking,
          user: '',
          time,
          item: `i${rng.integer(8)}`,
          type: some(['click', 'view']),
        };
      });
      // What is answered is written in between, and no memory learns of it.
      for (const event of events) if (event.event === 'ranking' && noting.next() < 0.5) server.note(answerOf(event));
      await server.send(events);
      if (rng.next() < 0.1) {
        await server.close();
        server = await open();
      }
    }
    await server.close();

    const drawn = new Set<string>();
    for await (const record of journalSource(join(folder, 'journal'), settings).records())
      if ('event' in record && record.event.event === 'ranking' && record.event.propensity === 0.5)
        drawn.add(record.event.id);
    expect(drawn.size).toBeGreaterThan(20);
    expect(served.filter(({ kind }) => kind === 'answer').length).toBeGreaterThanOrEqual(drawn.size);

    const summary = await importLog(journalSource(join(folder, 'journal'), settings), join(folder, 'data'), settings);
    const graph = { fanOut: 2, clicks: 3, seed: 1 };
    const walked = await encodeDataset(await openDataset(join(folder, 'data')), { ...settingsDefaults, graph });
    const encoder = createSlateEncoder(walked.features);
    const memory = createMemory({ ...memoryItems(encoder), ...settings });
    let at = 0;
    const outcomes = new Set<string>();
    for (const entry of served) {
      if (entry.kind !== 'event') continue;
      const { event, arrivedAt } = entry;
      const before =
        event.event === 'ranking' ? encoder.encode([{ ...event, time: timeOf(event, arrivedAt) }], memory) : undefined;
      try {
        const applied = memory.apply(event, arrivedAt);
        outcomes.add(applied);
        if (before === undefined || applied === 'again') continue;
        const live = createInMemorySlates(normaliseSlates(before, walked.features));
        const [one, other] = [live.batch(Int32Array.of(0)), walked.slates.batch(Int32Array.of(at++))];
        for (const key of [
          'slotDenseBKF',
          'positionBK',
          'contextDenseBF',
          'contextBagsB',
          'clickedMaskBH',
          'skippedMaskBH',
        ] as const)
          expect(one[key], `list ${at} ${key}`).toEqual(other[key]);
      } catch (error) {
        outcomes.add((error as { reason?: string }).reason ?? String(error));
        if (!(error as { reason?: string }).reason) throw error;
      }
    }
    const { counters: _, next: __, open: liveOpen, closed: ___, ...known } = memory.snapshot();
    const { counters: _2, next: __2, open: walkedOpen, closed: ___2, ...walkedKnown } = walked.memory.snapshot();
    expect(walkedKnown).toEqual(known);
    expect(walkedOpen.map(({ shownAt: _3, ...list }) => list)).toEqual(
      liveOpen.map(({ shownAt: _4, ...list }) => list),
    );
    expect(summary.lists).toBe(at);
    expect([...outcomes]).toEqual(
      expect.arrayContaining(['taken', 'late', 'held', 'other', 'late-interaction', 'item-not-in-list']),
    );

    function timeOf(event: LogEvent, arrivedAt: number): number {
      const held = event.time > arrivedAt + 5 * MINUTE ? arrivedAt : event.time;
      const { pendingLists, pendingClicks } = memory.snapshot();
      // A late list enters after all that is there.
      const isAfter = held < memory.clock && pendingLists.length + pendingClicks.length > 0;
      return Math.max(held, memory.clock + Number(isAfter));
    }
  },
);

it('counts a click of within the window that a server counted after it, also where another list has the same id', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journal-late-'));
  const START = 1_800_000_000_000;
  const shown = (time: number, user: string): LogEvent => ({
    ...{ event: 'ranking', id: 'page', time, user, fields: {} },
    items: ['a', 'b'].map((id) => ({ id, fields: {} })),
  });
  const clicked = (time: number, item: string): LogEvent => ({
    ...{ event: 'interaction', ranking: 'page', user: '', type: 'click', time, item },
  });
  const minutes = (count: number): number => START + count * MINUTE;
  const sent: readonly (readonly [arrival: number, event: LogEvent])[] = [
    [minutes(0), shown(minutes(0), 'u')],
    [minutes(33), { event: 'item', item: 'a', time: minutes(33), fields: {} }],
    [minutes(33), clicked(minutes(29), 'a')],
    [minutes(34), shown(minutes(34), 'v')],
    [minutes(34.5), clicked(minutes(30), 'b')],
  ];
  const live = plainMemory(settings);
  const store = await openFileStore(join(folder, 'journal'));
  let now = START;
  const journal = await openJournal({ store, durability: 'process', now: () => now, warn: () => undefined });
  for (const [arrival, event] of sent) {
    now = arrival;
    await journal.append([{ kind: 'event', event }], (entry) => {
      if (entry.kind === 'event') live.apply(entry.event, entry.arrivedAt);
    });
  }
  await journal.close();
  await store.close();
  expect(live.counters).toMatchObject({ clicks: 2, late: 2 });

  const data = join(folder, 'data');
  const summary = await importLog(journalSource(join(folder, 'journal'), settings), data, settings);
  expect(summary).toMatchObject({ lists: 2, clicks: 2, rejected: 0 });
  const walked = plainMemory(settings);
  for await (const _ of walk(await openDataset(data), { memories: [walked] }));
  const { counters: _, open: __, ...known } = live.snapshot();
  expect(walked.snapshot()).toMatchObject(known);
  expect(walked.snapshot().open.map(({ clickedK }) => clickedK)).toEqual(
    live.snapshot().open.map(({ clickedK }) => clickedK),
  );
});
