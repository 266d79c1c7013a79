/** A step is the same however its batch is cut: the gradient of every recipe's loss, of a whole batch and of its pieces. */
import { beforeAll, describe, expect, it } from 'vitest';
import { encodedDrinks, smallConfig } from '../../../test/encoded-drinks.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import type { SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import type { LossConfig } from '../../losses/loss.ts';
import { losses } from '../../losses/losses.ts';
import { createModel, type Model } from '../../models/model.ts';
import { scorers } from '../../models/scorers.ts';
import { scorerFeeds } from '../../models/tables/scorer-feeds.ts';
import { modelArrays } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import { createPool } from '../../runtime/pool.ts';
import { sumGradients } from '../../runtime/sum-gradients.ts';
import { recipes } from '../recipes/recipes.ts';
import type { TrainingConfig } from '../recipes/training-config.ts';
import { listsOfBatch, termCounts, termShares } from './term-shares.ts';
import { compileTraining, totalLossName } from './training-graph.ts';
import { collateStep } from './training-step.ts';

let encoded: EncodedDataset;
beforeAll(async () => {
  encoded = await encodedDrinks();
});

/** Lists of one to three items, with and without clicks. */
const LISTS = 200;
const variants: readonly LossConfig[] = [
  { name: 'choice', weight: 1, none: false },
  { name: 'listNet', weight: 1, form: 'topK', k: 2, target: 'softmax', temperature: 1 },
  { name: 'triplet', weight: 1, margin: 0.3, distance: 'euclidean', mining: 'semi-hard', anchor: 'other-click' },
  { name: 'triplet', weight: 1, margin: 0.3, distance: 'cosine', mining: 'batch-hard', anchor: 'user' },
];

/** Its first stage is another training, by the same loop. */
const configOf = (recipe: string): TrainingConfig => {
  const config = smallConfig(recipe);
  return { ...config, model: { ...config.model, dropout: 0, inputDropout: 0 } };
};

interface Learned {
  readonly loss: number;
  readonly gradient: Float32Array;
}

async function learned(config: TrainingConfig, pieces: readonly number[]): Promise<readonly Learned[]> {
  const scorer = scorers.named(config.scorer);
  const model: Model = createModel(createRng(1), {
    scorer,
    config: { ...config.model, positions: 3, listLength: 3, baseRate: 0.3, slateRate: 0.6 },
    spec: {
      ...encoded.spec,
      graph: scorer.seesGraph ? encoded.spec.graph : undefined,
      items: scorer.idTables ? encoded.slates.knownItems(encoded.train) : { shown: [], clicked: [] },
    },
  });
  const { graph, layout } = compileTraining(model, { config, losses, part: 'all', rng: createRng(2) });
  const pool = await createPool(graph, { workers: 1, layout });
  try {
    const weights = modelArrays(model);
    for (const { name, offset } of layout.entries) pool.parameters.set(weights[name], offset);
    const counts = termCounts(config.losses, losses);
    const found: Learned[] = [];
    for (const microBatch of pieces) {
      const batches: readonly SlateBatch[] = collateStep(encoded.slates, encoded.train.subarray(0, LISTS), microBatch);
      const shares = termShares(batches.map(listsOfBatch), counts);
      const jobs = batches.map((batch, at) => ({ feeds: { ...scorerFeeds(batch, model.tables), ...shares[at] } }));
      const results = await pool.run(jobs);
      const gradient = new Float32Array(layout.length);
      sumGradients(
        results,
        results.map(() => 1),
        gradient,
      );
      const loss = results.reduce((sum, { values }) => sum + Number(values[totalLossName].data[0]), 0);
      found.push({ loss, gradient });
    }
    return found;
  } finally {
    await pool.close();
  }
}

async function expectSameStep(config: TrainingConfig): Promise<void> {
  const [whole, ...cut] = await learned(config, [LISTS, 128, 64, 32, 7]);
  const norm = Math.hypot(...whole.gradient);
  expect(norm).toBeGreaterThan(1e-3);
  for (const { loss, gradient } of cut) {
    expect(Math.abs(loss - whole.loss)).toBeLessThan(1e-5 * Math.abs(whole.loss));
    expect(Math.hypot(...gradient.map((slope, at) => slope - whole.gradient[at]))).toBeLessThan(1e-5 * norm);
  }
}

describe('in pieces of 128, 64, 32 and 7 lists a step of 200 has the gradient of the whole', () => {
  it.each(recipes.names)('recipe %s', (recipe) => expectSameStep(configOf(recipe)));

  it.each(losses.names)('loss %s', (name) =>
    expectSameStep({
      ...configOf(losses.named(name).readsTwoLogits ? 'attention-jrc' : 'exact-k'),
      losses: [{ name, weight: 1 }],
    }),
  );

  it.each(variants.map((loss) => [JSON.stringify(loss), loss] as const))('%s', (_, loss) =>
    expectSameStep({ ...configOf('attention-bce'), losses: [loss] }),
  );
});
