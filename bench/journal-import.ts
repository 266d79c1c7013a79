/**
 * How long `slatewise retrain` reads a journal before it trains: all of it, every night. A journal of simulated lists of ten items is written and imported as retrain does.
 *
 *     npx tsx bench/journal-import.ts [--lists 200000]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importLog } from '../src/datasets/import/import-log.ts';
import { openFileStore } from '../src/serve/journal/file-store.ts';
import { openJournal } from '../src/serve/journal/journal.ts';
import { journalSource } from '../src/serve/journal/journal-source.ts';
import { simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import type { LogEvent } from '../src/slate/events.ts';
import { joinDefaults } from '../src/sources/join/join-interactions.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values } = parseArgs({ options: { lists: { type: 'string', default: '200000' } } });
const lists = Number(values.lists);
const AT_ONCE = 1000;

const started = new Date();
const machine = thisMachine();
const folder = await mkdtemp(join(tmpdir(), 'journal-import-'));
const entries = await writeJournal(join(folder, 'journal'));

const before = { time: performance.now(), cpu: process.cpuUsage() };
const { joinWindow, labelTypes } = joinDefaults;
await importLog(journalSource(join(folder, 'journal'), { joinWindow, labelTypes }), join(folder, 'data'), {
  ...{ joinWindow, labelTypes, keepsRejected: false },
});
const seconds = (performance.now() - before.time) / 1000;
const { user, system } = process.cpuUsage(before.cpu);
const cpuSeconds = (user + system) / 1e6;
const mostMiB = process.resourceUsage().maxRSS / 1024;
await rm(folder, { recursive: true });

const figures = {
  started,
  machine,
  node: process.version,
  commit: commitNow(),
  lists,
  entries,
  seconds,
  cpuSeconds,
  mostMiB,
};
const path = `bench/results/journal-import-${resultName(started, machine)}.json`;
await writeFile(path, `${JSON.stringify(figures, undefined, 2)}\n`);
console.log(
  `${entries} entries: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of a core, ${Math.round(entries / cpuSeconds)} entries a second of it; at most ${mostMiB.toFixed(0)} MiB`,
);
console.log(path);

async function writeJournal(place: string): Promise<number> {
  let now = 0;
  const store = await openFileStore(place);
  const journal = await openJournal({ store, durability: 'process', now: () => now, warn: () => undefined });
  let waiting: LogEvent[] = [];
  const write = async (): Promise<void> => {
    await journal.append(
      waiting.map((event) => ({ kind: 'event', event })),
      () => undefined,
    );
    waiting = [];
  };
  for (const row of simulate({ ...simulationDefaults, impressions: lists, seed: 7 })) {
    if (!('event' in row)) continue;
    now = Math.max(now, row.event.time);
    waiting.push(row.event);
    if (waiting.length === AT_ONCE) await write();
  }
  await write();
  const { sequence } = journal;
  await journal.close();
  await store.close();
  return sequence;
}
