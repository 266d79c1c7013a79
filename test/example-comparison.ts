/** A made-up comparison for tests: 4 recipes, 3 seeds, 60 users; the last recipe sees the taste that the others miss. */

import { referencePredictions } from '../src/measure/baselines.ts';
import type { ComparisonOptions } from '../src/measure/compare-systems.ts';
import type { CurveLosses, LearningCurve } from '../src/measure/learning-curve.ts';
import type { Predictions, ShownLists } from '../src/measure/predictions.ts';
import { countPart } from '../src/measure/protocol.ts';
import { createRng } from '../src/random/rng.ts';

export interface ExampleComparison {
  readonly lists: ShownLists;
  readonly predictions: readonly Predictions[];
  readonly options: ComparisonOptions;
  readonly curves: readonly LearningCurve[];
}

export function exampleComparison(size: { readonly lists?: number; readonly users?: number } = {}): ExampleComparison {
  const rng = createRng('example comparison');
  const { lists, logitS, itemRateS, positionS } = drawLists(rng.split('lists'), size.lists ?? 200, size.users ?? 60);
  const noisy = (recipe: string, seed: number, noise: number): Predictions => {
    const child = rng.split(`${recipe} ${seed}`);
    return {
      recipe,
      seed,
      scale: 'logit',
      valueS: Float32Array.from(logitS, (z) => z + noise * child.normal()),
      threshold: -1,
    };
  };
  const part = { offsets: lists.offsets, labelS: lists.labelS, positionS, itemRateS };
  const seeds = [1, 2, 3];
  const predictions = [
    ...referencePredictions({ train: part, validation: part, test: part }),
    ...seeds.map((seed) => noisy('pointwise-bce', seed, 1.2)),
    ...seeds.map((seed) => noisy('attention-bce', seed, 1)),
    ...seeds.map((seed) => noisy('attention-triplet', seed, 0.95)),
    ...seeds.map((seed) => noisy('attention-listnet', seed, 0.4)),
  ];
  const counts = countPart(lists);
  return {
    lists,
    predictions,
    curves: ['pointwise-bce', 'attention-bce', 'attention-triplet', 'attention-listnet'].flatMap((recipe) =>
      seeds.map((seed) => drawCurve(recipe, seed)),
    ),
    options: {
      baseline: 'attention-bce',
      references: ['random order', 'logged order', 'smoothed item rate'],
      itemRate: 'smoothed item rate',
      resamples: 200,
      protocol: {
        data: 'example.jsonl',
        split: 'by user: 60 % train, 20 % validation, 20 % test',
        parts: { train: counts, validation: counts, test: counts },
        seeds,
        epochSource: 'lowest validation log loss',
        thresholdSource: 'highest F1 on validation',
        command: 'slatewise compare example.jsonl',
        versions: { slatewise: '0.1.0', node: '20' },
      },
    },
  };
}

interface DrawnLists {
  readonly lists: ShownLists;
  /** The true logits. */
  readonly logitS: Float64Array;
  readonly itemRateS: Float64Array;
  readonly positionS: Int32Array;
}

function drawLists(rng: ReturnType<typeof createRng>, B: number, users: number): DrawnLists {
  const lengths = Array.from({ length: B }, () => 4 + rng.integer(8));
  const offsets = Int32Array.from([0, ...lengths]);
  for (let b = 1; b <= B; b++) offsets[b] += offsets[b - 1];
  const S = offsets[B];
  const appealS = Float64Array.from({ length: S }, () => rng.normal() - 1.8);
  const logitS = appealS.map((appeal) => appeal + rng.normal());
  const labelS = Uint8Array.from(logitS, (z) => (rng.next() < 1 / (1 + Math.exp(-z)) ? 1 : 0));
  return {
    lists: { offsets, labelS, userB: Int32Array.from(lengths, () => 7 * rng.integer(users)) },
    logitS,
    itemRateS: appealS.map((appeal) => 1 / (1 + Math.exp(-appeal))),
    positionS: Int32Array.from(lengths.flatMap((length) => Array.from({ length }, (_, k) => k))),
  };
}

function drawCurve(recipe: string, seed: number): LearningCurve {
  const rise = recipe === 'attention-bce' ? 0.004 : 0.0008;
  const keptEpoch = recipe === 'attention-bce' ? 4 : 7;
  const aux = (value: number): Record<string, number> => (recipe === 'attention-listnet' ? { listnet: 5 * value } : {});
  const losses = (bce: number): CurveLosses => ({
    total: recipe === 'attention-listnet' ? bce + 0.5 * 5 * bce : bce,
    terms: { bce, ...aux(bce) },
    logLoss: bce,
  });
  const epochs = Array.from({ length: keptEpoch + 6 }, (_, e) => {
    const epoch = e + 1;
    const train = 0.36 + 0.14 * Math.exp(-epoch / 3) - rise * epoch;
    const validation = 0.41 + 0.09 * Math.exp(-epoch / 1.5) + 0.002 * seed + rise * Math.max(0, epoch - keptEpoch);
    return { epoch, train: losses(train), validation: losses(validation), metric: validation };
  });
  return { recipe, seed, epochs, keptEpoch };
}
