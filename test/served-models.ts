import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelReport } from '../src/live/model-report.ts';
import { type ModelCard, saveModel } from '../src/scoring/model-folder.ts';
import { encodedDrinks } from './encoded-drinks.ts';
import { randomStoredModel } from './random-model.ts';

/** A folder with small models of these names, whose weights are random, as a server takes them. They know some drinks and who chose them. */
export async function modelsFolder(...names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'served-models-'));
  const encoded = await encodedDrinks(200);
  for (const [at, name] of names.entries()) {
    const card = { report } as unknown as Partial<ModelCard>;
    await saveModel(join(folder, name), randomStoredModel(encoded, { seed: 2 + at, card }));
  }
  return folder;
}

const figures = { logLoss: 0.5, rocAuc: 0.7, ndcgAt10: 0.6 };
const report: ModelReport = {
  ...{ recipe: 'attention', seed: 1, fields: {}, validation: figures },
  lists: { train: 100, validation: 50, test: 50 },
  epochs: { trained: 1, kept: 1 },
};
