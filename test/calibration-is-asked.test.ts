/** Every logit that leaves a model is a calibrated one: a calibration that nobody could mistake tells where it is not. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { generatorNamed } from '../src/generate/generators.ts';
import { createSlateGenerator } from '../src/generate/request/slate-generator.ts';
import type { Prepared } from '../src/jobs/prepare.ts';
import { trainRecipe } from '../src/jobs/recipes/train-recipe.ts';
import { silentReporter } from '../src/jobs/reporter.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { logLossOfLogits } from '../src/metrics/log-loss.ts';
import { type Calibration, calibratedLogits } from '../src/scoring/calibration/calibration.ts';
import { createCandidateScorer } from '../src/scoring/candidate-scorer.ts';
import { listLogitsOf } from '../src/scoring/list-head/list-head.ts';
import { loadModel, type StoredModel, saveModel } from '../src/scoring/model-folder.ts';
import { predict } from '../src/scoring/predict.ts';
import { createScoringPool } from '../src/scoring/scoring-pool.ts';
import { createSlateScorer } from '../src/scoring/slate-scorer.ts';
import type { RankingEvent } from '../src/slate/events.ts';
import { encodedDrinks, smallConfig } from './encoded-drinks.ts';
import { encodedMarket } from './encoded-market.ts';

/** Whatever the graph says, an item is clicked one time in four, but for a thousandth that keeps the order. */
const ONE_IN_FOUR = Math.log(1 / 3);
const calibration: Calibration = { form: 'platt', intercept: ONE_IN_FOUR, slope: 1e-3 };

let stored: StoredModel;
beforeAll(async () => {
  // Clicks are independent: the list's score is its items'.
  const listHead = { form: 'correlated', weightsW: [-30, 0, 0], center: [0, 0], scale: [1, 1] } as const;
  stored = { ...(await encodedMarket()).scorer, calibration, listHead };
});

const items = ['i1', 'i2', 'i3', 'i4', 'i5'].map((id) => ({ id, fields: {} }));
const request: RankingEvent = { event: 'ranking', id: 'q', time: 1.9e12, user: 'u1', fields: {}, items };

describe('the calibration', () => {
  it('is in the probabilities of a list that is scored, and in what the list is worth', async () => {
    const scorer = await createSlateScorer(stored, { workers: 1 });
    const [{ items: scored, expectedClicks, anyClick }] = await scorer.score([request]);
    await scorer.close();
    for (const { probability } of scored) expect(probability).toBeCloseTo(0.25, 2);
    expect(expectedClicks).toBeCloseTo(5 / 4, 1);
    expect(anyClick).toBeCloseTo(1 - 0.75 ** 5, 2);
  });

  it('leaves the items of a list in their order', async () => {
    const ranksOf = async (model: StoredModel): Promise<readonly number[]> => {
      const scorer = await createSlateScorer(model, { workers: 1 });
      const [{ items: scored }] = await scorer.score([request]);
      await scorer.close();
      return scored.map(({ rank }) => rank);
    };
    expect(await ranksOf(stored)).toEqual(await ranksOf({ ...stored, calibration: { form: 'none' } }));
  });

  it('is in the logits of slates of candidates, and in their list score', async () => {
    const scorer = await createCandidateScorer(stored, { workers: 1 });
    const { logits, slateLogitOf } = await scorer.open(request).score([Int32Array.of(0, 1), Int32Array.of(4, 2, 3)]);
    await scorer.close();
    for (const logit of logits) expect(logit).toBeCloseTo(ONE_IN_FOUR, 1);
    for (const [slate, K] of [2, 3].entries())
      expect(1 / (1 + Math.exp(-slateLogitOf(slate)))).toBeCloseTo(1 - 0.75 ** K, 2);
  });

  it('is in what is maximised', async () => {
    const generator = generatorNamed('greedy');
    const maker = await createSlateGenerator(stored, { objective: 'clicks', seed: 1, workers: 1, size: 2, generator });
    const { value } = await maker.generate(request);
    await maker.close();
    expect(value).toBeCloseTo(0.5, 2);
  });

  it('is in the model folder, whichever its form', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slatewise-calibration-'));
    const isotonic: Calibration = { form: 'isotonic', logits: [-1.1, 0.3], calibrated: [-0.7, 1 / 3] };
    for (const each of [isotonic, calibration]) {
      await saveModel(folder, { ...stored, calibration: each });
      expect((await loadModel(folder)).calibration).toEqual(each);
    }
    await rm(folder, { recursive: true });
  });

  it('is fitted on validation, and judged with the test lists of a comparison; the list head stands upon it', async () => {
    const encoded = await encodedDrinks(900);
    const config = smallConfig('attention-bce', { epochs: 6 });
    const trainedWith = async (choice: 'none' | 'platt'): ReturnType<typeof trainRecipe> => {
      const settings = { ...settingsDefaults, calibration: choice };
      const prepared = { path: '', encoded, settings, dataset: { summary: {}, fields: [] } } as unknown as Prepared;
      return trainRecipe(prepared, { config, seed: 1, workers: 1, reporter: silentReporter });
    };
    const [plain, trained] = [await trainedWith('none'), await trainedWith('platt')];
    if (!plain || !trained) throw new Error('interrupted');
    expect(plain.fitted.calibration).toEqual({ form: 'none' });
    const fitted = trained.fitted.calibration;
    expect(fitted.form).toBe('platt');
    expect(trained.testLogitS).toEqual(calibratedLogits(fitted, plain.testLogitS));
    const pool = await createScoringPool(trained.model, 1);
    const { slates, validation, test } = encoded;
    const onValidation = await predict(pool, trained.model.tables, { slates, indices: validation });
    const onTest = await predict(pool, trained.model.tables, { slates, indices: test, calibration: fitted });
    await pool.close();
    const { labelS } = slates.outcomes(validation);
    expect(logLossOfLogits(calibratedLogits(fitted, onValidation.logits), labelS)).toBeLessThan(
      logLossOfLogits(onValidation.logits, labelS),
    );
    expect(trained.testListLogitB).toEqual(listLogitsOf(onTest, trained.listHead));
  });
});
