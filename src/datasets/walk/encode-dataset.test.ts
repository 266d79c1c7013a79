import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { encodedDrinks } from '../../../test/encoded-drinks.ts';
import { createReplay, knownItemsOf } from '../../../test/replayed.ts';
import type { EncodedSlates } from '../../encoding/columns/encoded-slates.ts';
import { normaliseSlates } from '../../encoding/columns/fitted-features.ts';
import { settingsDefaults } from '../../jobs/settings.ts';
import { simulate } from '../../simulator/simulate.ts';
import { simulationDefaults } from '../../simulator/simulation-options.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import type { Impression } from '../../slate/impression.ts';
import { openDataset } from '../folder/dataset.ts';
import { importLog } from '../import/import-log.ts';
import { type EncodedDataset, encodeDataset } from './encode-dataset.ts';
import { partialCopies } from './partial-copies.ts';
import { partNames } from './split.ts';

let plain: EncodedDataset;
let partial: EncodedDataset;
let folder: string;
beforeAll(async () => {
  plain = await encodedDrinks(400, {}, (data) => {
    folder = data;
  });
  partial = await encodedDrinks(400, { partial: 2 });
});

/** All columns of one encoded list. */
function listAt(slates: EncodedSlates, index: number): unknown {
  const [start, end] = [slates.offsets[index], slates.offsets[index + 1]];
  const F = slates.slotDenseSF.length / slates.offsets[slates.count];
  const of = (values: Float32Array | Int32Array, count: number, [from, to]: readonly [number, number]) => [
    ...values.subarray((from * values.length) / count, (to * values.length) / count),
  ];
  const slots = (values: Float32Array | Int32Array) => of(values, slates.offsets[slates.count], [start, end]);
  const lists = (values: Float32Array | Int32Array) => of(values, slates.count, [index, index + 1]);
  return {
    dense: [...slates.slotDenseSF.subarray(start * F, end * F)],
    rows: slots(slates.itemRowS),
    rates: slots(slates.itemRateS),
    positions: slots(slates.positionS),
    labels: [...slates.labelS.subarray(start, end)],
    neighbours: slates.graph ? slots(slates.graph.neighbourSF) : [],
    context: lists(slates.contextDenseBF),
    bags: slates.contextBags.map(({ offsets, ids }) => [...ids.subarray(offsets[index], offsets[index + 1])]),
    clicked: lists(slates.clickedBH),
    skipped: lists(slates.skippedBH),
    user: slates.userB[index],
    time: slates.timeB[index],
  };
}

it('whole lists are bitwise what they are without partial copies', () => {
  expect(plain.partialOfTrain).toHaveLength(0);
  expect(plain.slates.columns.restB).toBeUndefined();
  for (const part of ['train', 'validation', 'test'] as const) {
    expect(partial[part].map((index) => partial.listB[index])).toEqual(plain[part].map((index) => plain.listB[index]));
    for (const [at, index] of plain[part].entries()) {
      expect(listAt(partial.slates.columns, partial[part][at])).toEqual(listAt(plain.slates.columns, index));
      expect(partial.slates.columns.restB?.[partial[part][at]]).toBe(0);
    }
  }
  expect(partial.slates.columns.items).toEqual(plain.slates.columns.items);
  expect(partial.slates.columns.graph?.clickedNG).toEqual(plain.slates.columns.graph?.clickedNG);
  expect(partial.features.slotNormaliser).toEqual(plain.features.slotNormaliser);
  expect(partial.features.contextNormaliser).toEqual(plain.features.contextNormaliser);
});

it('a copy has the features of the same part of the list asked about at that moment', async () => {
  const { features, listB, partialOfTrain } = partial;
  const slates = partial.slates.columns;
  const replay = createReplay({ encoders: features.encoders, historyLength: features.historyLength });
  const train = new Set(partial.train.map((index) => listB[index]));
  const hidden: number[] = [];
  for await (const row of (await openDataset(folder)).rows()) {
    if (row.kind === 'item') replay.applyItem(row.event);
    else if (row.kind === 'user') replay.applyUser(row.event);
    else {
      if (train.has(row.index)) {
        for (const copy of partialCopies(row.impression, { list: row.index, count: 2 })) {
          replay.peek(copy.impression);
          hidden.push(copy.hidden);
        }
      }
      replay.add(row.impression);
    }
  }
  // Asked about alone, in another order of rows: users, item rows and nodes are numbered otherwise.
  const asked = replay.take();
  normaliseSlates(asked, features);
  expect(partialOfTrain.length).toBe(hidden.length);
  expect(partialOfTrain.length).toBeGreaterThan(200);
  const restB = slates.restB ?? new Int32Array(0);
  expect([...partialOfTrain].map((index) => restB[index])).toEqual(hidden);
  let at = 0;
  const isPeeked = (index: number): boolean => asked.timeB[index] === slates.timeB[partialOfTrain[at]];
  for (let index = 0; index < asked.count && at < partialOfTrain.length; index++) {
    if (!isPeeked(index)) continue;
    const { user: _, neighbours: _n, ...expected } = listAt(asked, index) as Record<string, unknown>;
    const { user: _u, neighbours: _m, ...found } = listAt(slates, partialOfTrain[at]) as Record<string, unknown>;
    expect(found).toEqual(expected);
    at++;
  }
  expect(at).toBe(partialOfTrain.length);
});

it('lists of one item, and those held out, have no copies', () => {
  const { listB, partialOfTrain, train } = partial;
  const slates = partial.slates.columns;
  const lengthOf = (index: number): number => slates.offsets[index + 1] - slates.offsets[index];
  const copied = [...new Set(partialOfTrain.map((index) => listB[index]))];
  expect(copied).toEqual([...train].filter((index) => lengthOf(index) > 1).map((index) => listB[index]));
});

it.each(['time', 'user'] as const)(
  'split by %s: an edge of the click graph for every older click, none for a younger',
  async (by) => {
    const folder = await mkdtemp(join(tmpdir(), 'graph-'));
    const market = { ...simulationDefaults, impressions: 260, seed: 4 };
    await writeSimulation(simulate(market), { log: join(folder, 'log.jsonl') });
    await importLog(join(folder, 'log.jsonl'), join(folder, 'data'));
    const dataset = await openDataset(join(folder, 'data'));
    const all = 50;
    const encoded = await encodeDataset(dataset, {
      ...settingsDefaults,
      split: { ...settingsDefaults.split, by },
      graph: { fanOut: all, clicks: all, seed: 1 },
    });
    const { listB, memory } = encoded;
    const slates = encoded.slates.columns;
    const impressions: Impression[] = [];
    for await (const row of dataset.rows()) if (row.kind === 'impression') impressions.push(row.impression);
    const ids = knownItemsOf(memory);
    const itemOf = (row: number): string => ids[slates.items.itemR[row]];
    const partOf = new Map<number, number>();
    for (const [part, name] of partNames.entries()) for (const index of encoded[name]) partOf.set(listB[index], part);
    const graph = slates.graph as NonNullable<typeof slates.graph>;
    let held = 0;
    for (let index = 0; index < slates.count; index++) {
      const { ranking } = impressions[listB[index]];
      const part = partOf.get(listB[index]) ?? 0;
      // By user: those of its own part and of the parts before it. By time: the clock alone.
      const visible = impressions.filter((_, list) => by === 'time' || (partOf.get(list) ?? 0) <= part);
      const known = clickedBefore(visible, ranking.time);
      for (const [k, { id }] of ranking.items.entries()) {
        const nodes = graph.neighbourSF.subarray(
          (slates.offsets[index] + k) * all,
          (slates.offsets[index] + k + 1) * all,
        );
        const found = [...nodes]
          .filter((node) => node >= 0)
          .map((node) =>
            [...graph.clickedNG.subarray(node * all, (node + 1) * all)].filter((row) => row >= 0).map(itemOf),
          );
        const expected = [...known.values()].filter((items) => items.has(id)).map((items) => [...items]);
        expect(sortedSets(found)).toEqual(sortedSets(expected));
        if (part > 0) held += found.length;
      }
    }
    expect(held).toBeGreaterThan(50);
  },
);

/** Items by user, clicked strictly before a time. */
function clickedBefore(log: readonly Impression[], time: number): ReadonlyMap<string, ReadonlySet<string>> {
  const clicked = new Map<string, Set<string>>();
  for (const { ranking, clickTimesK } of log) {
    for (const [k, { id }] of ranking.items.entries()) {
      if (clickTimesK[k] < 0 || Math.max(clickTimesK[k], ranking.time) >= time || ranking.user === '') continue;
      clicked.set(ranking.user, (clicked.get(ranking.user) ?? new Set()).add(id));
    }
  }
  return clicked;
}

const sortedSets = (sets: readonly (readonly string[])[]): readonly string[] =>
  sets.map((set) => [...set].sort().join()).sort();
