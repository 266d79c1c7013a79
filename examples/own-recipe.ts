/** Recipes of one's own: one derived from another, one made by a function, compared with their base. Run: npm run examples */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate, simulationDefaults, writeSimulation } from 'slatewise/data';
import { compareRecipes, renderText } from 'slatewise/evaluate';
import { attentionBce, defineRecipe } from 'slatewise/kinds';
import { prepare, resolveRecipe, settingsDefaults, silentReporter } from 'slatewise/steps';

// Any part of the base's config; a list, such as that of losses, is replaced as a whole.
const narrow = defineRecipe({
  name: 'attention-narrow',
  base: attentionBce,
  model: { width: 16, feedForward: 32, heads: 2 },
  epochs: 2,
});

// A function, where a change follows from what the base says.
const faster = defineRecipe({
  name: 'attention-faster',
  config() {
    const { optimizer, ...base } = narrow.config();
    return { ...base, optimizer: { ...optimizer, learningRate: 2 * optimizer.learningRate } };
  },
});

const folder = await mkdtemp(join(tmpdir(), 'slatewise-'));
const log = join(folder, 'events.jsonl');
await writeSimulation(simulate({ ...simulationDefaults, impressions: 1000, users: 150, items: 60 }), { log });
const settings = { ...settingsDefaults, kinds: [narrow, faster] };
const configs = [narrow, faster].map(({ name }) => resolveRecipe(name, settings));
const reporter = silentReporter;
const prepared = await prepare(log, { settings, configs, cacheFolder: folder, reporter });
const asked = { configs, seeds: [1, 2], workers: 2, folder: join(folder, 'runs'), command: 'own-recipe', reporter };
const comparison = await compareRecipes(prepared, asked);
if (!comparison) throw new Error('the comparison was interrupted');
console.log(renderText(comparison.report));
if (comparison.configs['attention-narrow']?.model.width !== 16) throw new Error('the recipe should be narrow');
