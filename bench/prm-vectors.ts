/**
 * PRM's personal vector, learned with the rest or by a click model that is trained first, as recipes to compare:
 *
 *     npx tsx bench/on-validation.ts events.jsonl.gz --config bench/prm-vectors.ts --recipes prm,prm-pretrained --name prm-vectors
 */
import { defineConfig, type SettingsInput } from '../src/jobs/settings.ts';
import { defineRecipe } from '../src/train/recipes/define-recipe.ts';
import { clicks } from '../src/train/recipes/pointwise.ts';
import { prm } from '../src/train/recipes/rerankers.ts';

const config: SettingsInput = defineConfig({
  kinds: [
    defineRecipe({
      name: 'prm-pretrained',
      base: prm,
      model: { personal: 'pretrained' },
      firstStage: { losses: [clicks], epochs: 14, metric: 'logLoss' },
    }),
  ],
});

/** The config of the comparison: a file's is its default export. */
// biome-ignore lint/style/noDefaultExport: configs are found so
export default config;
