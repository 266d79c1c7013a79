import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { type EncodedDataset, encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';

/** A simulated market's log, encoded with the default settings, for tests. */
export async function encodedSimulation(impressions: number): Promise<EncodedDataset> {
  const folder = await mkdtemp(join(tmpdir(), 'simulation-'));
  await writeSimulation(simulate({ ...simulationDefaults, impressions, seed: 4 }), { log: join(folder, 'log.jsonl') });
  await importLog(join(folder, 'log.jsonl'), join(folder, 'data'));
  return encodeDataset(await openDataset(join(folder, 'data')), settingsDefaults);
}
