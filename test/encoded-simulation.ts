import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset } from '../src/data/dataset.ts';
import { type EncodedDataset, encodeDataset } from '../src/data/encode-dataset.ts';
import { importLog } from '../src/data/import-log.ts';
import { simulate, simulationDefaults } from '../src/data/simulator/simulate.ts';
import { writeSimulation } from '../src/data/simulator/write-simulation.ts';
import { settingsDefaults } from '../src/runs/settings.ts';

/** A simulated market's log, encoded with the default settings, for tests. */
export async function encodedSimulation(impressions: number): Promise<EncodedDataset> {
  const folder = await mkdtemp(join(tmpdir(), 'simulation-'));
  await writeSimulation(simulate({ ...simulationDefaults, impressions, seed: 4 }), { log: join(folder, 'log.jsonl') });
  await importLog(join(folder, 'log.jsonl'), join(folder, 'data'));
  return encodeDataset(await openDataset(join(folder, 'data')), settingsDefaults);
}
