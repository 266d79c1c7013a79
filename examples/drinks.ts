/**
 * The article's opening scene: beside Small (100 yen) and Large (150 yen), a Medium at 140 yen changes who buys the Large. A list scorer sees it, an
 * item-by-item model cannot. Run: npx tsx examples/drinks.ts
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createSlateScorer,
  type Drink,
  drinkProbability,
  loadModel,
  prepare,
  type RankingEvent,
  resolveRecipe,
  settingsDefaults,
  silentReporter,
  simulateDrinks,
  trainModel,
  writeSimulation,
} from '../src/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'drinks-'));
const log = join(folder, 'drinks.jsonl');
await writeSimulation(simulateDrinks({ impressions: 6000, seed: 1 }), { log });

const small = { width: 16, feedForward: 32, heads: 2, dropout: 0, inputDropout: 0 };
const recipes = { 'pointwise-bce': { model: small, epochs: 8 }, 'attention-bce': { model: small, epochs: 8 } };
const settings = { ...settingsDefaults, recipes };
const configs = Object.keys(recipes).map((name) => resolveRecipe(name, settings));
const cacheFolder = join(folder, 'cache');
const prepared = await prepare(log, { settings, configs, cacheFolder, reporter: silentReporter });

const menu = (...drinks: Drink[]): RankingEvent => ({
  event: 'ranking',
  id: drinks.join(' + '),
  time: Date.now(),
  user: '',
  fields: {},
  items: drinks.map((id) => ({ id, fields: {} })),
});

const probabilityOfLarge: Record<string, number[]> = {};
for (const config of configs) {
  const model = join(folder, config.recipe);
  await trainModel(prepared, { config, seed: 1, workers: 2, folder: model, reporter: silentReporter });
  const scorer = await createSlateScorer(await loadModel(model), { workers: 1 });
  const [without, beside] = await scorer.score([menu('small', 'large'), menu('small', 'large', 'medium')]);
  await scorer.close();
  probabilityOfLarge[config.recipe] = [without, beside].map((slate) => slate.items[1].probability);
}

const truth = [drinkProbability('large', ['small', 'large']), drinkProbability('large', ['small', 'large', 'medium'])];
for (const [name, [without, beside]] of [...Object.entries(probabilityOfLarge), ['truth', truth] as const]) {
  console.log(
    `${name.padEnd(14)} Large beside Small: ${without.toFixed(2)}; with the Medium too: ${beside.toFixed(2)}`,
  );
}
const [pointwise, attention] = Object.values(probabilityOfLarge);
if (attention[1] - attention[0] < 0.15) throw new Error('the list scorer should see what the Medium does');
if (Math.abs(pointwise[1] - pointwise[0]) > 0.05)
  throw new Error('the item-by-item model cannot see what the Medium does');
