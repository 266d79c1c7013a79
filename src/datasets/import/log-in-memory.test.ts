import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { settingsDefaults } from '../../jobs/settings.ts';
import { simulate } from '../../simulator/simulate.ts';
import { simulationDefaults } from '../../simulator/simulation-options.ts';
import { eventToJson } from '../../slate/event-to-json.ts';
import { inMemorySource } from '../../sources/in-memory.ts';
import { openDataset } from '../folder/dataset.ts';
import { encodeDataset } from '../walk/encode-dataset.ts';
import { importLog } from './import-log.ts';
import { logInMemory } from './log-in-memory.ts';

const options = {
  ...simulationDefaults,
  impressions: 150,
  items: 40,
  users: 30,
  slateSize: { from: 2, to: 6 },
  seed: 4,
};
const events = [...simulate(options)].flatMap((row) => ('event' in row ? [eventToJson(row.event)] : []));

it('is the log that a data set folder holds: the same counts, rows and columns, bit for bit', async () => {
  // In any order, with a line that is none.
  const lines = [...events.toReversed(), { event: 'nothing' }];
  const folder = join(await mkdtemp(join(tmpdir(), 'in-memory-')), 'data');
  const summary = await importLog(inMemorySource(lines), folder);
  const stored = await openDataset(folder);
  const held = await logInMemory(inMemorySource(lines));
  expect(held.summary).toEqual({ ...summary, rejectedKept: 0 });
  expect(held.firstRejected).toContain(`line ${lines.length}`);
  expect(await all(held.rows())).toEqual(await all(stored.rows()));
  const [one, other] = [await encodeDataset(held, settingsDefaults), await encodeDataset(stored, settingsDefaults)];
  expect(one.slates.columns).toEqual(other.slates.columns);
  expect(one.spec).toEqual(other.spec);
});

it('refuses a log without lists, and says what its first rejected line is', async () => {
  await expect(logInMemory(inMemorySource([{ event: 'nothing' }], 'my log'))).rejects.toThrow(
    /my log: expected at least one ranking event, found none in 1 lines \(1 rejected, the first: line 1/,
  );
});

async function all<T>(rows: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}
