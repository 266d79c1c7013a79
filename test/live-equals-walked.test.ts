/** A log that arrives event by event gives the memory, and every list the columns, that an import and a walk over its data set give: with limits, with ids that lists share, with clicks that name no list. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { createInMemorySlates } from '../src/datasets/slate-source/in-memory-slates.ts';
import { encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import type { SlateBatch } from '../src/encoding/columns/encoded-slates.ts';
import { normaliseSlates } from '../src/encoding/columns/fitted-features.ts';
import { createSlateEncoder, memoryItems } from '../src/encoding/columns/slate-encoder.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { createMemory } from '../src/memory/memory.ts';
import type { MemorySnapshot } from '../src/memory/snapshot.ts';
import { createRng, type Rng } from '../src/random/rng.ts';
import type { LogEvent, RankingEvent } from '../src/slate/events.ts';
import type { FieldUpdates } from '../src/slate/fields.ts';
import { RejectedEvent } from '../src/slate/rejected-event.ts';
import { inMemorySource } from '../src/sources/in-memory.ts';

const MINUTE = 60_000;
const START = 1_700_000_000_000;
const pick = <T>(rng: Rng, values: readonly T[]): T => values[rng.integer(values.length)];

/** Lists, updates and clicks in the order of time: of one millisecond descriptions first, then lists, then clicks, as a log has them. */
function drawLog(rng: Rng, { sharedIds }: { readonly sharedIds: boolean }): readonly LogEvent[] {
  let time = START;
  const lists: RankingEvent[] = [];
  const events: LogEvent[] = Array.from({ length: 12 }, (_, n) => ({
    ...{ event: 'item', item: `i${n}`, time },
    fields: { price: rng.integer(100), kind: `k${rng.integer(4)}`, tags: [`t${rng.integer(5)}`, 't9'] },
  }));
  for (let n = 0; n < 60; n++) {
    time += pick(rng, [0, 0, 1, 1000, MINUTE, 10 * MINUTE, 30 * MINUTE, 5e7, 1e8]);
    const draw = rng.next();
    const fields: FieldUpdates = pick(rng, [
      { price: rng.integer(50) },
      { kind: null },
      { kind: 'k9', price: null },
      {},
    ]);
    if (draw < 0.12) events.push({ event: 'item', item: `i${rng.integer(16)}`, time, fields });
    else if (draw < 0.2)
      events.push({ event: 'user', user: `u${rng.integer(6)}`, time, fields: { age: rng.integer(3) } });
    else {
      const ids = [...new Set(Array.from({ length: 1 + rng.integer(5) }, () => `i${rng.integer(16)}`))];
      const last = lists.slice(-3);
      const id = sharedIds && last.length > 0 && rng.next() < 0.2 ? pick(rng, last).id : `r${n}`;
      const user = pick(rng, ['u0', 'u1', 'u2', 'u3', 'u4', 'u5', '']);
      const items = ids.map((item, k) => ({
        id: item,
        fields: { relevancy: rng.integer(5) },
        ...(n % 2 ? { position: k } : {}),
      }));
      const list: RankingEvent = { event: 'ranking', id, time, user, fields: { query: `q${rng.integer(3)}` }, items };
      lists.push(list);
      events.push(list);
      for (const item of ids) {
        if (rng.next() < 0.6) continue;
        const isNamed = user === '' || rng.next() < 0.7;
        const delay = pick(rng, [0, 0, 1, 1000, MINUTE, 30 * MINUTE - 1, 30 * MINUTE, 30 * MINUTE + 1, 4e6]);
        const type = pick(rng, ['click', 'click', 'click', 'view']);
        events.push({ event: 'interaction', ranking: isNamed ? id : '', user, time: time + delay, item, type });
      }
    }
  }
  const order = { item: 0, user: 0, ranking: 1, interaction: 2 };
  return events.toSorted((a, b) => a.time - b.time || order[a.event] - order[b.event]);
}

/** What of a batch of one list is known when it is asked for: no clicks; its items by what they are, wherever they stand among the items of a batch. */
function readOf(batch: SlateBatch): unknown {
  const { slotDenseBKF, positionBK, contextDenseBF, contextBagsB, itemDenseUF, itemBagsU, U } = batch;
  const width = itemDenseUF.length / U;
  const rows = (indices: Int32Array): unknown =>
    Array.from(indices, (u) => [
      itemDenseUF.slice(u * width, (u + 1) * width),
      itemBagsU.map(({ ids, offsets }) => ids.slice(offsets[u], offsets[u + 1])),
    ]);
  return {
    ...{ slotDenseBKF, positionBK, contextDenseBF, contextBagsB },
    ...{ shown: rows(batch.itemIndexBK), clicked: rows(batch.clickedIndexBH), skipped: rows(batch.skippedIndexBH) },
    masks: [batch.clickedMaskBH, batch.skippedMaskBH],
  };
}
const knownOf = ({ counters: _, next: __, ...known }: MemorySnapshot): unknown => known;

it.each([
  ['nothing is forgotten', {}, false],
  ['users and items are limited', { users: 3, items: 9 }, false],
  ['lists share ids', {}, true],
  ['lists share ids, and users and items are limited', { users: 3, items: 9 }, true],
])('%s', async (_, limits, sharedIds) => {
  const folder = await mkdtemp(join(tmpdir(), 'walked-'));
  const rejected = new Set<string>();
  for (let run = 0; run < 8; run++) {
    const events = drawLog(createRng(`log ${run}`), { sharedIds });
    const path = join(folder, `data ${run}`);
    await importLog(inMemorySource(events), path);
    const graph = { fanOut: 2, clicks: 3, seed: 1 };
    const walked = await encodeDataset(await openDataset(path), { ...settingsDefaults, memory: limits, graph });
    const encoder = createSlateEncoder(walked.features);
    const memory = createMemory({ ...memoryItems(encoder), joinWindow: 30 * MINUTE, labelTypes: ['click'], limits });
    let at = 0;
    for (const event of events) {
      if (event.event === 'ranking') {
        const live = createInMemorySlates(normaliseSlates(encoder.encode([event], memory), walked.features));
        expect(readOf(live.batch(Int32Array.of(0)))).toEqual(readOf(walked.slates.batch(Int32Array.of(at++))));
      }
      try {
        memory.apply(event);
      } catch (error) {
        if (!(error instanceof RejectedEvent)) throw error;
        rejected.add(error.reason);
      }
    }
    expect(knownOf(memory.snapshot())).toEqual(knownOf(walked.memory.snapshot()));
  }
  expect([...rejected]).toEqual(expect.arrayContaining(['late-interaction', 'no-list-of-user']));
  await rm(folder, { recursive: true });
});
