/**
 * The article's opening scene: beside Small (100 yen) and Large (150 yen), a Medium at 140 yen changes who buys the Large. A list scorer sees it, an
 * item-by-item model cannot; and a generator that asks the list scorer which two drinks earn most puts the Medium on the menu, though hardly anybody buys it.
 * Run: npx tsx examples/drinks.ts
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Drink, drinkProbability, type RankingEvent, simulateDrinks, writeSimulation } from 'slatewise/data';
import {
  createSlateGenerator,
  createSlateScorer,
  generatorNamed,
  loadModel,
  prepare,
  resolveRecipe,
  settingsDefaults,
  silentReporter,
  trainModel,
} from 'slatewise/steps';

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
  time: 1_800_000_000_000,
  user: '',
  fields: {},
  items: drinks.map((id) => ({ id, fields: {} })),
});

const probabilityOfLarge: Record<string, number[]> = {};
const menusOfTwo: Record<string, string[]> = {};
for (const config of configs) {
  const model = join(folder, config.recipe);
  await trainModel(prepared, { config, seed: 1, workers: 2, folder: model, reporter: silentReporter });
  const stored = await loadModel(model);
  const scorer = await createSlateScorer(stored, { workers: 1 });
  const menus = [menu('small', 'large'), menu('small', 'large', 'medium'), menu('medium', 'large')];
  const slates = await scorer.score(menus);
  await scorer.close();
  probabilityOfLarge[config.recipe] = slates.map((slate) => slate.items[1].probability);

  const generator = await createSlateGenerator(stored, {
    generator: generatorNamed('exhaustive'),
    objective: 'value:price',
    size: 2,
    workers: 1,
    seed: 1,
  });
  const { items } = await generator.generate(menu('small', 'medium', 'large'));
  await generator.close();
  menusOfTwo[config.recipe] = items.map(({ item }) => item).sort();
}

const beside = (...others: Drink[]): number => drinkProbability('large', ['large', ...others]);
const truth = [beside('small'), beside('small', 'medium'), beside('medium')];
for (const [name, [small, both, medium]] of [...Object.entries(probabilityOfLarge), ['truth', truth] as const]) {
  console.log(
    `${name.padEnd(14)} Large beside Small: ${small.toFixed(2)}; beside Small and Medium: ${both.toFixed(2)}; beside Medium: ${medium.toFixed(2)}`,
  );
}
for (const [name, drinks] of Object.entries(menusOfTwo))
  console.log(`${name.padEnd(14)} the menu of two that earns most: ${drinks.join(' and ')}`);
const [pointwise, attention] = Object.values(probabilityOfLarge);
if (attention[1] - attention[0] < 0.15) throw new Error('the list scorer should see what the Medium does');
// It does know how long a menu is, and here one of three always holds the Medium: menus of one length must look alike to it.
if (Math.abs(pointwise[2] - pointwise[0]) > 0.01)
  throw new Error('the item-by-item model cannot see what the Medium does');
const [plain, decoyed] = Object.values(menusOfTwo).map((drinks) => drinks.join());
if (decoyed !== 'large,medium') throw new Error('the generator should put the Medium beside the Large');
if (plain !== 'large,small') throw new Error('by itself the Medium earns least');
