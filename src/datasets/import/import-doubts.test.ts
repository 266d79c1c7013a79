import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inMemorySource } from '../../sources/in-memory.ts';
import { openDataset } from '../folder/dataset.ts';
import { importLog, validateLog } from './import-log.ts';

const now = Date.UTC(2023, 10, 14);
type Json = Readonly<Record<string, unknown>>;
const ranking = (id: string, timestamp: number, items: readonly Json[] = [{ id: 'a' }], user = 'u'): Json => ({
  event: 'ranking',
  id,
  timestamp,
  user,
  items,
});
const item = (timestamp: number): Json => ({ event: 'item', item: 'a', timestamp, fields: [] });
const warningsOf = async (events: readonly Json[], options = {}): Promise<readonly string[]> =>
  (await validateLog(inMemorySource(events), options)).warnings;

it('a log in seconds, and one that is so in part, is told', async () => {
  const seconds = Math.floor(now / 1000);
  expect(await warningsOf([ranking('r', seconds), ranking('s', seconds + 1)])).toEqual([
    'every list is of January or February 1970, as times in seconds are when they are read as milliseconds; if they are seconds, multiply them by 1,000',
  ]);
  expect(await warningsOf([ranking('r', seconds), ranking('s', now), item(seconds), item(now), item(now)])).toEqual([
    '1 of 2 lists are of January or February 1970, as times in seconds are when they are read as milliseconds, but not every list: a part of the log is in seconds; multiply its times by 1,000',
    '1 of 3 item events are of January or February 1970, as times in seconds are when they are read as milliseconds, but not every list: a part of the log is in seconds; multiply its times by 1,000',
  ]);
});

it('made-up times are no doubt', async () => {
  expect(await warningsOf([ranking('r', 0), ranking('s', 2e9), item(2e9)])).toEqual([]);
  expect(await warningsOf([ranking('r', now), item(0)])).toEqual([]);
});

it('positions that do not begin at the first are told, and read as the log counts them', async () => {
  const from = (first: number): readonly Json[] => [
    ranking('r', now, [
      { id: 'a', position: first },
      { id: 'b', position: first + 1 },
    ]),
    ranking('s', now, [
      { id: 'a', position: first + 3 },
      { id: 'b', position: first + 1 },
    ]),
  ];
  expect(await warningsOf(from(1))).toEqual([
    expect.stringMatching(
      /^no list has an item at the first position \(0\), the lowest is 1: .*; if the log counts from 1, set firstPosition to 1 /,
    ),
  ]);
  for (const warnings of [
    warningsOf(from(0)),
    warningsOf(from(1), { firstPosition: 1 }),
    warningsOf([ranking('r', now)]),
  ])
    expect(await warnings).toEqual([]);
  // One list of many may be a part of another; it does not say what the log counts from.
  const many = Array.from({ length: 20 }, (_, n) => ranking(`p${n}`, now));
  expect(await warningsOf([...many, ...from(1).slice(0, 1)])).toEqual([]);
  // An item without a position stands where the list has it.
  expect(await warningsOf([ranking('r', now, [{ id: 'a' }, { id: 'b', position: 4 }])])).toEqual([]);

  const out = join(await mkdtemp(join(tmpdir(), 'positions-')), 'data');
  expect(await importLog(inMemorySource(from(1)), out, { firstPosition: 1 })).toMatchObject({ firstPosition: 1 });
  const positions: unknown[] = [];
  for await (const row of (await openDataset(out)).rows())
    if (row.kind === 'impression') positions.push(row.impression.ranking.items.map(({ position }) => position));
  expect(positions).toEqual([
    [0, 1],
    // In the order in which they were shown.
    [1, 3],
  ]);
});

it('different lists of one id are told, and kept', async () => {
  const summary = await validateLog(
    inMemorySource([ranking('r', now), ranking('r', now, [{ id: 'a' }], 'u2'), ranking('r', now + 1)]),
  );
  expect(summary).toMatchObject({ lists: 3, rejected: 0 });
  expect(summary.warnings).toEqual([expect.stringMatching(/^one id names several different lists \(the first: "r"\)/)]);
});

it('keys that nothing reads are told in the summary of an import', async () => {
  const out = join(await mkdtemp(join(tmpdir(), 'keys-')), 'data');
  await importLog(inMemorySource([{ ...ranking('r', now), feilds: [1] }]), out);
  expect(JSON.parse(await readFile(join(out, 'import.json'), 'utf8')).warnings).toEqual([
    '"feilds" in 1 ranking event is not read; did you mean "fields"?',
  ]);
});

it('of rejected lines the first thousand of every reason are kept, and all are counted', async () => {
  const out = join(await mkdtemp(join(tmpdir(), 'rejects-')), 'data');
  const events = [ranking('r', now), ...Array.from({ length: 1500 }, () => item(-1)), ranking('empty', now, [])];
  const summary = await importLog(inMemorySource(events), out);
  expect(summary).toMatchObject({
    rejected: 1501,
    rejectedKept: 1001,
    rejectedByReason: { 'bad-timestamp': 1500, 'empty-slate': 1 },
  });
  expect((await readFile(join(out, 'rejected.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(1001);
});
