/**
 * The two-stage system without one of its parts each, as recipes to compare it with:
 *
 *     npx tsx src/cli/main.ts compare events.jsonl.gz --split user --config bench/two-stage-parts.ts --seeds 3 \
 *       --recipes two-stage,without-first-stage,without-similarity,without-fatigue,without-trend,without-context
 */
import { defineConfig, type SettingsInput } from '../src/jobs/settings.ts';
import { defineScorer } from '../src/models/define-scorer.ts';
import type { Scorer } from '../src/models/scorer.ts';
import { type TwoStageLayer, twoStageScorer } from '../src/models/scorers/two-stage-scorer.ts';
import type { ScorerInputs } from '../src/models/shared/scorer-inputs.ts';
import { constant } from '../src/nn/leaves.ts';
import type { Tensor } from '../src/tensor/tensor.ts';
import { defineRecipe } from '../src/train/recipes/define-recipe.ts';
import { twoStage } from '../src/train/recipes/two-stage.ts';

const FATIGUE = ['times shown', 'times clicked', 'times skipped', 'hours since shown'];

/** Columns of the list's own layer: the first stage's score, and eight of similarity. */
const LIST = ['score', ...new Array<string>(8).fill('similarity')];

const parts = {
  'without-first-stage': withoutListColumns('without-first-stage', 'score'),
  'without-similarity': withoutListColumns('without-similarity', 'similarity'),
  'without-fatigue': withoutSlotColumns('without-fatigue', FATIGUE),
  'without-trend': withoutSlotColumns('without-trend', ['item trend']),
  'without-context': scorerWith('without-context', (inputs) => ({
    ...inputs,
    contextDenseBF: inputs.contextDenseBF?.mul(0),
    contextEmbeddedBE: inputs.contextEmbeddedBE?.mul(0),
  })),
};

const config: SettingsInput = defineConfig({
  kinds: Object.entries(parts).flatMap(([name, scorer]) => [
    scorer,
    defineRecipe({ name, base: twoStage, scorer: scorer.name }),
  ]),
});

/** The config of the comparison: a file's is its default export. */
// biome-ignore lint/style/noDefaultExport: configs are found so
export default config;

function scorerWith(
  name: string,
  seen: (inputs: ScorerInputs, slotDense: readonly string[]) => ScorerInputs,
  layerOf: (layer: TwoStageLayer) => TwoStageLayer = (layer) => layer,
): Scorer {
  return defineScorer<TwoStageLayer>({
    ...twoStageScorer,
    name,
    create: (rng, options) => twoStageScorer.create(rng, options) as TwoStageLayer,
    score: (layer, inputs, options) =>
      twoStageScorer.score(layerOf(layer), seen(inputs, options.spec.slotDense), options),
  });
}

function withoutSlotColumns(name: string, hidden: readonly string[]): Scorer {
  return scorerWith(name, (inputs, slotDense) => {
    const kept = slotDense.map((column) => (hidden.includes(column) ? 0 : 1));
    return { ...inputs, slotDenseBKF: inputs.slotDenseBKF?.mul(constant(kept, [kept.length])) };
  });
}

function withoutListColumns(name: string, hidden: string): Scorer {
  const kept: Tensor = constant(
    LIST.map((column) => (column === hidden ? 0 : 1)),
    [LIST.length, 1],
  );
  return scorerWith(
    name,
    (inputs) => inputs,
    ({ list, ...layer }) => ({
      ...layer,
      list: { ...list, weight: { ...list.weight, tensor: list.weight.tensor.mul(kept) } },
    }),
  );
}
