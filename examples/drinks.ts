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
  const menus = [menu('small', 'large'), menu('small', 'large', 'medium'), menu('medium', 'large')];
  const slates = await scorer.score(menus);
  await scorer.close();
  probabilityOfLarge[config.recipe] = slates.map((slate) => slate.items[1].probability);
}

const beside = (...others: Drink[]): number => drinkProbability('large', ['large', ...others]);
const truth = [beside('small'), beside('small', 'medium'), beside('medium')];
for (const [name, [small, both, medium]] of [...Object.entries(probabilityOfLarge), ['truth', truth] as const]) {
  console.log(
    `${name.padEnd(14)} Large beside Small: ${small.toFixed(2)}; beside Small and Medium: ${both.toFixed(2)}; beside Medium: ${medium.toFixed(2)}`,
  );
}
const [pointwise, attention] = Object.values(probabilityOfLarge);
if (attention[1] - attention[0] < 0.15) throw new Error('the list scorer should see what the Medium does');
// It does know how long a menu is, and here one of three always holds the Medium: menus of one length must look alike to it.
if (Math.abs(pointwise[2] - pointwise[0]) > 0.01)
  throw new Error('the item-by-item model cannot see what the Medium does');
