import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DatasetRow, openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { generatorNamed } from '../src/generate/generators.ts';
import { createSlateGenerator } from '../src/generate/request/slate-generator.ts';
import { readTruth } from '../src/jobs/recipes/truth.ts';
import { createSlateScorer } from '../src/scoring/slate-scorer.ts';
import { simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import type { LogEvent, RankingEvent } from '../src/slate/events.ts';
import { encodedMarket } from './encoded-market.ts';

/** The list with its positions, written down the other way round. */
const turned = (ranking: RankingEvent): RankingEvent => ({
  ...ranking,
  items: ranking.items.map((item, position) => ({ ...item, position })).reverse(),
});
const placed = (ranking: RankingEvent): RankingEvent => {
  const { items } = turned(ranking);
  return { ...ranking, items: items.toReversed() };
};

async function imported(events: readonly LogEvent[], change: (ranking: RankingEvent) => RankingEvent): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'positions-'));
  const lines = events.map((event) => {
    const { time, fields, ...rest } = { fields: {}, ...(event.event === 'ranking' ? change(event) : event) };
    const named = (of: object): readonly unknown[] => Object.entries(of).map(([name, value]) => ({ name, value }));
    const items = 'items' in rest ? { items: rest.items.map((item) => ({ ...item, fields: named(item.fields) })) } : {};
    return JSON.stringify({ ...rest, ...items, timestamp: time, fields: named(fields) });
  });
  await writeFile(join(folder, 'log.jsonl'), lines.join('\n'));
  await importLog(join(folder, 'log.jsonl'), join(folder, 'data'));
  return join(folder, 'data');
}

async function rowsOf(folder: string): Promise<readonly DatasetRow[]> {
  const rows: DatasetRow[] = [];
  for await (const row of (await openDataset(folder)).rows()) rows.push(row);
  return rows;
}

test('a log is the same data set whatever the order in which its lists are written down', async () => {
  const simulated = [...simulate({ ...simulationDefaults, impressions: 30, seed: 4 })];
  const events = simulated.flatMap((row) => ('event' in row ? [row.event] : []));
  const truth = simulated.flatMap((row) => ('truth' in row ? [JSON.stringify(row.truth)] : []));
  const [straight, other] = [await imported(events, placed), await imported(events, turned)];
  const rows = await rowsOf(straight);
  expect(rows.filter(({ kind }) => kind === 'impression')).toHaveLength(30);
  expect(await rowsOf(other)).toEqual(rows);

  const path = join(straight, '..', 'truth.jsonl');
  await writeFile(path, truth.join('\n'));
  const wanted = Int32Array.from({ length: 30 }, (_, list) => list);
  const [one, two] = [await openDataset(straight), await openDataset(other)];
  expect(await readTruth(path, two, wanted)).toEqual(await readTruth(path, one, wanted));
});

test('a slate is made of the candidates in the order of their positions', async () => {
  const { scorer } = await encodedMarket(60);
  const maker = await createSlateGenerator(scorer, {
    generator: generatorNamed('swap'),
    workers: 1,
    objective: 'clicks',
    seed: 1,
    size: 4,
    rules: { keepFirst: 2 },
    prices: true,
  });
  const items = Array.from({ length: 9 }, (_, n) => ({ id: `i${n}`, fields: {} }));
  const request: RankingEvent = { event: 'ranking', id: 'q', time: 1.9e12, user: 'u1', fields: {}, items };
  try {
    const reply = await maker.generate(request);
    expect(reply.items.slice(0, 2).map(({ item }) => item)).toEqual(['i0', 'i1']);
    expect(await maker.generate(turned(request))).toEqual(reply);
  } finally {
    await maker.close();
  }
});

test('a list is scored alike in whatever order it is written down, to the last bit, and answered in that order', async () => {
  const { scorer: stored } = await encodedMarket(60);
  const scorer = await createSlateScorer(stored, { workers: 1 });
  const items = Array.from({ length: 9 }, (_, n) => ({ id: `i${n % 7}${n}`, fields: {} }));
  const request: RankingEvent = { event: 'ranking', id: 'q', time: 1.9e12, user: 'u1', fields: {}, items };
  try {
    const [straight] = await scorer.score([request]);
    const [other] = await scorer.score([turned(request)]);
    expect(other.items.map(({ item }) => item)).toEqual(items.map(({ id }) => id).reverse());
    expect(other).toEqual({ ...straight, items: straight.items.toReversed() });
  } finally {
    await scorer.close();
  }
});
