/** Whatever is said of a list as a whole goes through the head that was fitted for its model: a head that nobody could mistake tells where it does not. */
import { beforeAll, describe, expect, it } from 'vitest';
import { generatorNamed } from '../src/generate/generators.ts';
import { createSlateGenerator } from '../src/generate/request/slate-generator.ts';
import type { Prepared } from '../src/jobs/prepare.ts';
import { trainRecipe } from '../src/jobs/recipes/train-recipe.ts';
import { silentReporter } from '../src/jobs/reporter.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { createCandidateScorer } from '../src/scoring/candidate-scorer.ts';
import { type ListHead, listLogitsOf } from '../src/scoring/list-head/list-head.ts';
import type { StoredModel } from '../src/scoring/model-folder.ts';
import { predict } from '../src/scoring/predict.ts';
import { createScoringPool } from '../src/scoring/scoring-pool.ts';
import { createSlateScorer } from '../src/scoring/slate-scorer.ts';
import type { RankingEvent } from '../src/slate/events.ts';
import { encodedDrinks, smallConfig } from './encoded-drinks.ts';
import { encodedMarket } from './encoded-market.ts';

/** Whatever is on a list, its chance of a click is one in four. */
const ONE_IN_FOUR = Math.log(1 / 3);
const listHead: ListHead = { form: 'calibrated', intercept: ONE_IN_FOUR, slope: 0 };

let stored: StoredModel;
beforeAll(async () => {
  stored = { ...(await encodedMarket()).scorer, listHead };
});

const items = ['i1', 'i2', 'i3', 'i4', 'i5'].map((id) => ({ id, fields: {} }));
const request: RankingEvent = { event: 'ranking', id: 'q', time: 1.9e12, user: 'u1', fields: {}, items };

describe('the head of the list', () => {
  it('says how probable any click is on a list that is scored', async () => {
    const scorer = await createSlateScorer(stored, { workers: 1 });
    const [{ anyClick }] = await scorer.score([request]);
    await scorer.close();
    expect(anyClick).toBeCloseTo(0.25, 6);
  });

  it('says it of slates of candidates', async () => {
    const scorer = await createCandidateScorer(stored, { workers: 1 });
    const { slateLogitOf } = await scorer.open(request).score([Int32Array.of(0, 1), Int32Array.of(4, 2, 3)]);
    await scorer.close();
    for (const slate of [0, 1]) expect(slateLogitOf(slate)).toBeCloseTo(ONE_IN_FOUR, 6);
  });

  it('is what is maximised where any click is the objective', async () => {
    const generator = generatorNamed('greedy');
    const maker = await createSlateGenerator(stored, { objective: 'any', seed: 1, workers: 1, size: 2, generator });
    const { value, anyClick } = await maker.generate(request);
    await maker.close();
    expect(value).toBeCloseTo(0.25, 6);
    expect(anyClick).toBeCloseTo(0.25, 6);
  });

  it('judges the test lists of a comparison', async () => {
    const encoded = await encodedDrinks(300);
    // A recipe with a logit of the list of its own: its head always changes it.
    const config = smallConfig('exact-k', { epochs: 1 });
    const prepared = {
      ...{ path: '', encoded, settings: settingsDefaults, dataset: { summary: {}, fields: [] } },
    } as unknown as Prepared;
    const trained = await trainRecipe(prepared, { config, seed: 1, workers: 1, reporter: silentReporter });
    if (!trained) throw new Error('interrupted');
    const pool = await createScoringPool(trained.model, 1);
    const onTest = await predict(pool, trained.model.tables, { slates: encoded.slates, indices: encoded.test });
    await pool.close();
    expect(trained.testListLogitB).toEqual(listLogitsOf(onTest, trained.listHead));
    const moved = onTest.slateLogits.map((own, b) => Math.abs(own - trained.testListLogitB[b]));
    expect(Math.max(...moved)).toBeGreaterThan(0.01);
  });
});
