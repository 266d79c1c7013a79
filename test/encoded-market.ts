import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, openDataset } from '../src/data/dataset.ts';
import { type EncodedDataset, encodeDataset } from '../src/data/encode-dataset.ts';
import { importLog } from '../src/data/import-log.ts';
import { simulate, simulationDefaults } from '../src/data/simulator/simulate.ts';
import { writeSimulation } from '../src/data/simulator/write-simulation.ts';
import { createModel, scorers } from '../src/models/model.ts';
import { modelArrays } from '../src/models/weights.ts';
import { createRng } from '../src/random/rng.ts';
import { settingsDefaults } from '../src/runs/settings.ts';
import type { StoredModel } from '../src/scoring/model-folder.ts';
import { smallConfig } from './encoded-drinks.ts';

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
  const config = {
    ...smallConfig('attention-bce').model,
    positions: 10,
    listLength: 10,
    baseRate: 0.3,
    slateRate: 0.6,
  };
  const model = createModel(createRng(2), { scorer: scorers.attention, config, spec: encoded.spec });
  const rng = createRng(3);
  for (const array of Object.values(modelArrays(model)))
    for (let i = 0; i < array.length; i++) array[i] += 0.2 * rng.normal();
  const card = {
    recipe: 'attention-bce',
    seed: 1,
    threshold: 0,
    knownUntil: dataset.summary.lastTime,
    config: {},
    protocol: {},
    version: '0',
  };
  return { dataset, encoded, scorer: { model, features: encoded.features, replay: encoded.replay, card } };
}
