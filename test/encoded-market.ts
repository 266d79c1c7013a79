import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { type EncodedDataset, encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import type { StoredModel } from '../src/scoring/model-folder.ts';
import { simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';
import { randomStoredModel } from './random-model.ts';

export interface Market {
  readonly dataset: Dataset;
  readonly encoded: EncodedDataset;
  /** An attention scorer whose every value is random, with the memory of the whole log. */
  readonly scorer: StoredModel;
}

/** A small simulated market, for tests that need more items than a page has places. */
export async function encodedMarket(impressions = 240): Promise<Market> {
  const folder = await mkdtemp(join(tmpdir(), 'market-'));
  await writeSimulation(simulate({ ...simulationDefaults, impressions, seed: 5 }), { log: join(folder, 'log.jsonl') });
  await importLog(join(folder, 'log.jsonl'), join(folder, 'data'));
  const dataset = await openDataset(join(folder, 'data'));
  const encoded = await encodeDataset(dataset, {
    ...settingsDefaults,
    graph: undefined,
    embeddingWidth: 4,
    historyLength: 3,
  });
  const card = { recipe: 'attention-bce', knownUntil: dataset.summary.lastTime };
  return { dataset, encoded, scorer: randomStoredModel(encoded, { card }) };
}
