/**
 * How fast does a data set become columns? `npx tsx bench/replay.ts <data set folders> [--rounds 5]`
 *
 * Lists of 10 items a second of processor time, all threads of the process together, medians over rounds: rows read in time order; with them the memory's fold; with both
 * the encoding of every list; and all that `train` does before it trains, with the split, the fit of the encoders, and the normalising.
 */
import { parseArgs } from 'node:util';
import { type Dataset, openDataset } from '../src/datasets/folder/dataset.ts';
import { encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { walk } from '../src/datasets/walk/walk.ts';
import { createSlateEncoder, memoryItems } from '../src/encoding/columns/slate-encoder.ts';
import type { Encoders } from '../src/encoding/encoders/encoders.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { createMemory } from '../src/memory/memory.ts';
import { thisMachine } from './machine.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const settings = { ...settingsDefaults, graph: undefined };
const { cpu, cores, loadAtStart } = thisMachine();
process.stdout.write(`${cpu}, ${cores} cores, load ${loadAtStart.toFixed(1)}\n`);

for (const folder of positionals) {
  const dataset = await openDataset(folder);
  const { lists, shownItems } = dataset.summary;
  // Also warms everything up.
  const { encoders } = (await encodeDataset(dataset, settings)).features;
  const phases = {
    rows: () => read(dataset),
    'rows and memory': () => walked(dataset, { encoders, encode: false }),
    'rows, memory and encoding': () => walked(dataset, { encoders, encode: true }),
    'all before training': () => encodeDataset(dataset, settings),
  };
  process.stdout.write(`${folder}: ${lists} lists of ${(shownItems / lists).toFixed(1)} items on average\n`);
  const seconds: Record<string, number[]> = {};
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [name, run] of Object.entries(phases)) {
      const before = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(before);
      seconds[name] = [...(seconds[name] ?? []), (user + system) / 1e6];
    }
  }
  for (const [name, taken] of Object.entries(seconds)) {
    const median = taken.sort((a, b) => a - b)[taken.length >> 1];
    const rate = Math.round(shownItems / 10 / median);
    process.stdout.write(
      `  ${name}: ${rate} lists of 10 a second (${median.toFixed(2)} s, ${taken[0].toFixed(2)} to ${taken[taken.length - 1].toFixed(2)})\n`,
    );
  }
}

async function read(dataset: Dataset): Promise<void> {
  for await (const _ of dataset.rows());
}

async function walked(
  dataset: Dataset,
  { encoders, encode }: { readonly encoders: Encoders; readonly encode: boolean },
): Promise<void> {
  const { joinWindow, labelTypes, lists, shownItems } = dataset.summary;
  const encoder = createSlateEncoder({ encoders, historyLength: settings.historyLength });
  const memory = createMemory({ ...memoryItems(encoder), joinWindow, labelTypes });
  const builder = encoder.begin({ lists, slots: shownItems });
  for await (const { impression } of walk(dataset, { memories: [memory] }))
    if (encode) builder.add(impression, memory.asOf(impression.ranking.time));
  builder.finish();
}
