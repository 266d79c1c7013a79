/** The article's drinks as models: one that sees the list, and one that scores item by item. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL_FOLDER } from '../files/folder-kinds.ts';
import { prepare } from '../jobs/prepare.ts';
import { trainModel } from '../jobs/recipes/train-model.ts';
import { resolveRecipe, type Settings, settingsFrom } from '../jobs/settings.ts';
import type { StartAnswer } from '../serve/client/page-types.ts';
import { simulateDrinks } from '../simulator/drinks.ts';
import { writeSimulation } from '../simulator/write-simulation.ts';
import { Interrupted } from './exit-codes.ts';
import { whileInterruptible } from './interrupt.ts';
import { createReporter } from './progress.ts';

/** Where they lie, seen from the working folder. */
const FOLDER = 'models/drinks';
const RECIPES = ['attention-bce', 'pointwise-bce'] as const;
const LISTS = 6000;
const SEED = 1;

/** Three items need no more. */
const SMALL = { epochs: 8, model: { width: 16, feedForward: 32, heads: 2, dropout: 0, inputDropout: 0 } };

/** The Medium waits beside the list. */
export const DRINKS_START: StartAnswer = {
  lists: [{ id: 'drinks', items: ['small', 'large'] }],
  candidates: [['medium']],
};

/** The folder of both models, which are trained where they are not there. */
export async function drinksModels(workers: number): Promise<string> {
  const missing = RECIPES.filter((recipe) => !existsSync(join(FOLDER, recipe, MODEL_FOLDER.mark)));
  if (missing.length > 0) await whileInterruptible((signal) => trainDrinks(missing, { workers, signal }));
  return FOLDER;
}

async function trainDrinks(
  recipes: readonly string[],
  { workers, signal }: { readonly workers: number; readonly signal: AbortSignal },
): Promise<void> {
  const reporter = createReporter();
  reporter.note(`training ${recipes.join(' and ')} on ${LISTS} simulated menus, into ${FOLDER}; this is done once`);
  const log = join(FOLDER, 'menus.jsonl');
  await writeSimulation(simulateDrinks({ impressions: LISTS, seed: SEED }), { log });
  const settings: Settings = settingsFrom(
    { recipes: Object.fromEntries(RECIPES.map((recipe) => [recipe, SMALL])) },
    'page',
  );
  const configs = recipes.map((recipe) => resolveRecipe(recipe, settings));
  const prepared = await prepare(log, { settings, configs, cacheFolder: join(FOLDER, '.cache'), reporter, signal });
  for (const config of configs) {
    const folder = join(FOLDER, config.recipe);
    const card = await trainModel(prepared, { config, seed: SEED, workers, folder, reporter, signal });
    if (!card) throw new Interrupted('interrupted; the same command goes on from there');
  }
}
