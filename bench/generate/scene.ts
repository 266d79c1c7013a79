import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPointerGenerator, type PointerGenerator } from '../../src/generate/pointer/pointer-generator.ts';
import { prepare } from '../../src/jobs/prepare.ts';
import { trainModel } from '../../src/jobs/recipes/train-model.ts';
import { silentReporter } from '../../src/jobs/reporter.ts';
import { resolveRecipe, settingsDefaults } from '../../src/jobs/settings.ts';
import { createPointerModel } from '../../src/models/pointer.ts';
import { createRng } from '../../src/random/rng.ts';
import { loadModel, type StoredModel } from '../../src/scoring/model-folder.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { simulationDefaults } from '../../src/simulator/simulation-options.ts';
import { writeSimulation } from '../../src/simulator/write-simulation.ts';
import type { RankingEvent } from '../../src/slate/events.ts';
import { exactKPointer } from '../../src/train/pointer/pointer-config.ts';

/** A model of a small simulated market, trained for one epoch: speed does not depend on how good it is. */
export async function trainedModel(recipe: string, lists: number): Promise<StoredModel> {
  const folder = await mkdtemp(join(tmpdir(), 'slatewise-bench-'));
  try {
    const log = join(folder, 'log.jsonl');
    await writeSimulation(simulate({ ...simulationDefaults, impressions: lists, seed: 7 }), { log });
    const config = { ...resolveRecipe(recipe, settingsDefaults), epochs: 1 };
    const prepared = await prepare(log, {
      settings: settingsDefaults,
      cacheFolder: join(folder, 'cache'),
      reporter: silentReporter,
      configs: [config],
    });
    const model = join(folder, 'model');
    await trainModel(prepared, { config, seed: 1, workers: 1, reporter: silentReporter, folder: model });
    return await loadModel(model);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Requests of known users with candidates drawn at random. */
export function randomRequests(
  { memory, card }: StoredModel,
  { count, candidates, seed }: { readonly count: number; readonly candidates: number; readonly seed: number },
): readonly RankingEvent[] {
  const rng = createRng(seed);
  const items = Array.from(memory.items.entries(), ([, id]) => id);
  const users = memory.snapshot().users.map(([id]) => id);
  return Array.from({ length: count }, (_, at) => ({
    event: 'ranking',
    id: `q${at}`,
    time: card.knownUntil + 60_000,
    user: users[rng.integer(users.length)],
    fields: {},
    items: rng
      .shuffle([...items])
      .slice(0, candidates)
      .map((id) => ({ id, fields: {} })),
  }));
}

/** A pointer of the recipe's size that has learned nothing: speed does not depend on it. */
export const freshPointer = ({ model, features, encoder, memory }: StoredModel): Promise<PointerGenerator> =>
  createPointerGenerator({
    model: createPointerModel(createRng(1), { config: exactKPointer().model, spec: model.spec }),
    features,
    encoder,
    memory,
  });
