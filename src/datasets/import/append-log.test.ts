import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { knownEvents, shownEvents, shownRows, writeJsonLines } from '../../../test/shown-tables.ts';
import { inMemorySource } from '../../sources/in-memory.ts';
import { type Dataset, openDataset } from '../folder/dataset.ts';
import { appendLog } from './append-log.ts';
import { importLog } from './import-log.ts';

type Event = { readonly timestamp: number };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'append-'));
});

const events = shownEvents(shownRows(60), knownEvents()) as readonly Event[];
const latest = Math.max(...events.map(({ timestamp }) => timestamp));
const first = Math.min(...events.map(({ timestamp }) => timestamp));
const at = (share: number): number => Math.round(first + share * (latest - first));
const between = (from: number, to: number): readonly Event[] =>
  events.filter(({ timestamp }) => timestamp >= from && timestamp < to);

/** All that is read of a data set, and its counts but how many lines were read for it. */
async function contentsOf(dataset: Dataset): Promise<unknown> {
  const rows: unknown[] = [];
  for await (const row of dataset.rows()) rows.push(row);
  const { lines: _, source: __, part: ___, ...summary } = dataset.summary;
  return { rows, summary, fields: dataset.fields, facts: await dataset.impressionFacts() };
}

it('is what one import of everything would be, in as many parts as it came', async () => {
  const whole = join(folder, 'whole');
  await importLog(inMemorySource(events), whole);
  const expected = await contentsOf(await openDataset(whole));
  const grown = join(folder, 'grown');
  await importLog(inMemorySource(between(0, at(0.3))), grown);
  // The second gives everything again; the third ends within the join window of the one before.
  await appendLog(inMemorySource(between(0, at(0.7))), grown);
  await appendLog(inMemorySource(between(at(0.7), at(0.72))), grown);
  const { summary, added } = await appendLog(inMemorySource(events), grown, { since: at(0.72) });
  expect(await contentsOf(await openDataset(grown))).toEqual(expected);
  expect(summary.lists).toBe(60);
  expect(added.lists).toBeGreaterThan(10);
  expect(await readdir(join(grown, 'parts'))).toEqual(['2', '3', '4']);

  const again = await appendLog(inMemorySource(events), grown);
  expect(again.added).toEqual({ lists: 0, clicks: 0, itemEvents: 0, userEvents: 0 });
  expect(await readdir(join(grown, 'parts'))).toEqual(['2', '3', '4']);
});

it('tells what it rejected itself', async () => {
  const out = join(folder, 'rejects');
  await importLog(await writeJsonLines(join(folder, 'first.jsonl'), [...between(0, at(0.5)), { event: 'odd' }]), out);
  const later = await writeJsonLines(join(folder, 'later.jsonl'), [
    { event: 'odder' },
    ...between(at(0.5), latest + 1),
  ]);
  const { part, summary } = await appendLog(later, out);
  expect(part?.rejected).toEqual({ count: 1, kept: 1, byReason: { 'unknown-event': 1 } });
  expect(summary.rejected).toBe(2);
  expect(await readFile(join(out, 'parts/2/rejected.jsonl'), 'utf8')).toContain('odder');
});

it('is refused in one sentence where it could not be right', async () => {
  const out = join(folder, 'refused');
  await importLog(inMemorySource(between(0, at(0.5))), out);
  await expect(appendLog(inMemorySource(events), out, { since: at(0.4) })).rejects.toThrow(
    /expected since after .*Z, the latest time that the data set has, found .*Z; leave it out/,
  );
  await expect(appendLog(inMemorySource(events), out, { joinWindow: 5 })).rejects.toThrow(
    /expected the settings' joinWindow 1800000, with which it was imported, found 5/,
  );
  const broken = async function* (): AsyncGenerator<object> {
    yield* between(at(0.5), at(0.6));
    throw new Error('the source has gone');
  };
  const before = await contentsOf(await openDataset(out));
  await expect(appendLog(inMemorySource(broken()), out)).rejects.toThrow('the source has gone');
  expect(await contentsOf(await openDataset(out))).toEqual(before);
  expect(await readdir(join(out, 'parts'))).toEqual([]);
});

it('leaves out what is earlier than asked for', async () => {
  const out = join(folder, 'since');
  const { lists } = await importLog(inMemorySource(events), out, { since: at(0.5) });
  const expected = between(at(0.5), latest + 1).filter((event) => 'items' in event);
  expect(lists).toBe(expected.length);
});
