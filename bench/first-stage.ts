/**
 * The first stage of the two-stage system by itself: the order by its score against the order by the item's smoothed click rate before the list, on the held-out part, with intervals
 * over users. `npx tsx bench/first-stage.ts events.jsonl.gz [user|time] [history length] [test|validation|folds]`. With `folds` the training users are judged, each by the factors
 * that were fitted without its fold, against the item's rate among the same users.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from '../src/jobs/prepare.ts';
import { createRecipeModel } from '../src/jobs/recipes/recipe-model.ts';
import { silentReporter } from '../src/jobs/reporter.ts';
import { resolveRecipe, settingsDefaults } from '../src/jobs/settings.ts';
import { bootstrapMetrics, percentileInterval } from '../src/measure/bootstrap.ts';
import { metrics } from '../src/metrics/metrics.ts';
import { numberUsers } from '../src/metrics/number-users.ts';
import { type PartStatistics, partStatistics, valuesOfPart } from '../src/metrics/part-statistics.ts';
import type { FactorsConfig } from '../src/models/shared/factor-sets.ts';
import { createRng } from '../src/random/rng.ts';
import { predict } from '../src/scoring/predict.ts';
import { createScoringPool } from '../src/scoring/scoring-pool.ts';
import { fitFactorTables } from '../src/train/factors/fit-factor-tables.ts';

const [path, split = 'user', historyLength = '10', part = 'test', changes = '{}'] = process.argv.slice(2);
if (!path || (split !== 'user' && split !== 'time'))
  throw new Error('first-stage: expected a log and "user" or "time"; give them in this order');
const recipe = resolveRecipe('two-stage');
const { factors } = recipe;
if (!factors) throw new Error('first-stage: the recipe two-stage has no factors');
const prepared = await prepare(path, {
  settings: {
    ...settingsDefaults,
    historyLength: Number(historyLength),
    split: { ...settingsDefaults.split, by: split },
  },
  cacheFolder: await mkdtemp(join(tmpdir(), 'first-stage-')),
  reporter: silentReporter,
  configs: [recipe],
});
const { slates, train } = prepared.encoded;
const judged = { validation: prepared.encoded.validation, folds: train }[part] ?? prepared.encoded.test;
const outcomes = slates.outcomes(judged);
const { count: users, indexB: userB } = numberUsers(outcomes.userB);
const judgedBy = ['ndcgAt10', 'rocAuc', 'logLoss'].map((name) => metrics.named(name));
const statistics = (valueS: Float32Array, scale: 'logit' | 'probability'): PartStatistics =>
  partStatistics(judgedBy, {
    ...{ offsetsB: outcomes.offsets, labelS: outcomes.labelS, userB, users },
    ...{ scale, valueS, threshold: Number.NaN },
  });

const model = createRecipeModel(prepared, train, { config: recipe, seed: 1 });
const { firstStage: score } = model.scorer;
if (!score) throw new Error('first-stage: the scorer two-stage has no first stage');
let seconds = 0;
const scoresWith = async (config: FactorsConfig): Promise<Float32Array> => {
  const started = performance.now();
  const outOfFold = fitFactorTables(model, { slates, train, config, rng: createRng(1).split('factors') });
  seconds = (performance.now() - started) / 1000;
  const pool = await createScoringPool({ ...model, scorer: { ...model.scorer, score } }, 1);
  const source = part === 'folds' ? outOfFold : slates;
  const { logits } = await predict(pool, model.tables, { slates: source, indices: judged });
  await pool.close();
  return logits;
};
/** So strong that no user has a taste or a level: what is left is the item's rate among the users that the factors were fitted to. */
const rateAlone = { ...factors, userRidge: 1e6, levelRidge: 1e6, sweeps: 1 };
const rates =
  part === 'folds' ? statistics(await scoresWith(rateAlone), 'logit') : statistics(outcomes.itemRateS, 'probability');
const systems = [
  { name: 'smoothed item rate', seeds: [rates] },
  { name: 'first stage', seeds: [statistics(await scoresWith({ ...factors, ...JSON.parse(changes) }), 'logit')] },
];
const [[rateR], [stageR]] = bootstrapMetrics(systems, { users, resamples: 2000, rng: createRng('first stage') });
console.log(`${judged.length} lists of ${users} users, split by ${split}; factors fitted in ${seconds.toFixed(1)} s`);
for (const { name } of judgedBy) {
  const [rate, stage] = systems.map(({ seeds }) => valuesOfPart(seeds[0])[name]);
  const interval = percentileInterval(
    stageR[name].map((value, r) => value - rateR[name][r]),
    0.95,
  );
  const figures = [rate, stage, stage - rate, interval?.low ?? Number.NaN, interval?.high ?? Number.NaN];
  const [of, by, gain, low, high] = figures.map((figure) => figure.toFixed(4));
  console.log(`${name}: smoothed item rate ${of}, first stage ${by}, difference ${gain} [${low}, ${high}]`);
}
