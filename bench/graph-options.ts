/**
 * Graph attention with its options, as recipes to compare:
 *
 *     npx tsx bench/on-validation.ts events.jsonl.gz --config bench/graph-options.ts --recipes graph-bce,graph-redrawn,graph-as-published \
 *       --name graph-options
 */
import { defineConfig, type SettingsInput } from '../src/jobs/settings.ts';
import { defineRecipe } from '../src/train/recipes/define-recipe.ts';
import { graphBce } from '../src/train/recipes/graph.ts';

const paper = { layers: 2, version: 'gat', activation: 'elu', attentionDropout: 0.6, redrawFrom: 50 } as const;
const redrawn = { ...paper, activation: 'none', attentionDropout: 0 } as const;

const config: SettingsInput = defineConfig({
  kinds: [
    defineRecipe({ name: 'graph-redrawn', base: graphBce, model: { graph: redrawn } }),
    defineRecipe({ name: 'graph-as-published', base: graphBce, model: { graph: paper } }),
  ],
});

/** The config of the comparison: a file's is its default export. */
// biome-ignore lint/style/noDefaultExport: configs are found so
export default config;
