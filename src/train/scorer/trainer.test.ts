import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodedDrinks, smallConfig } from '../../../test/encoded-drinks.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import { createModel, type Model } from '../../models/model.ts';
import { scorers } from '../../models/scorers.ts';
import { modelArrays, type Weights } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import type { Checkpoint, CheckpointStore } from '../checkpoints/checkpoint.ts';
import { checkpointFolder } from '../checkpoints/checkpoint-folder.ts';
import type { TrainingConfig } from '../recipes/training-config.ts';
import { type TrainingProgress, type TrainingResult, type TrainScorerOptions, trainScorer } from './trainer.ts';

let encoded: EncodedDataset;
beforeAll(async () => {
  encoded = await encodedDrinks();
});

interface Trained {
  readonly result: TrainingResult;
  readonly weights: Weights;
}

const freshModel = (config: TrainingConfig, { spec }: Pick<EncodedDataset, 'spec'> = encoded): Model =>
  createModel(createRng(1), {
    scorer: scorers.named(config.scorer),
    config: { ...config.model, positions: 3, listLength: 3, baseRate: 0.3, slateRate: 0.6 },
    spec,
  });

async function trained(
  config: TrainingConfig,
  { data = encoded, ...options }: Partial<TrainScorerOptions> & { readonly data?: EncodedDataset } = {},
): Promise<Trained> {
  const model = freshModel(config, data);
  const result = await trainScorer(model, data, { config, seed: 7, workers: 1, ...options });
  return { result, weights: modelArrays(model) };
}

const memoryStore = (): CheckpointStore & { stored: Checkpoint | undefined } => ({
  stored: undefined,
  async load() {
    return this.stored;
  },
  async save(checkpoint) {
    this.stored = structuredClone(checkpoint);
  },
});

describe('training', () => {
  it.each(['pointwise-bce', 'attention-bce', 'attention-triplet', 'attention-listnet'])(
    '%s lowers the loss and ends with its best epoch',
    async (recipe) => {
      const { result } = await trained(smallConfig(recipe, { epochs: 4, averaging: 0 }));
      const losses = result.epochs.map(({ metrics }) => metrics.logLoss);
      expect(Math.min(...losses)).toBe(losses[result.keptEpoch - 1]);
      expect(result.epochs[2].train.total).toBeLessThan(result.epochs[0].train.total);
      expect(Object.keys(result.epochs[0].validation.terms)[0]).toBe('bce');
    },
  );

  it('records the log loss of clicks on both parts, whatever the recipe minimises', async () => {
    const { result } = await trained(smallConfig('attention-choice', { epochs: 2 }));
    for (const { train: onTrain, validation, metrics } of result.epochs) {
      expect(Object.keys(onTrain.terms)).toEqual(['choice']);
      expect(validation.logLoss).toBe(metrics.logLoss);
      expect(onTrain.logLoss).toBeGreaterThan(0.2);
      expect(onTrain.logLoss).toBeLessThan(1);
    }
    // Lists of one length: the mean over lists of means over items is the mean over items.
    const { offsets } = encoded.slates.columns;
    const whole = (lists: Int32Array): Int32Array => lists.filter((list) => offsets[list + 1] - offsets[list] === 3);
    const config = smallConfig('attention-bce', { epochs: 1 });
    const data = { slates: encoded.slates, train: whole(encoded.train), validation: whole(encoded.validation) };
    const [{ train: equal }] = (await trainScorer(freshModel(config), data, { config, seed: 7, workers: 1 })).epochs;
    expect(equal.logLoss).toBeCloseTo(equal.terms.bce, 5);
  });

  it('gives bitwise the same weights with one, two and three workers', async () => {
    const config = smallConfig('attention-triplet');
    const [one, two, three] = await Promise.all([1, 2, 3].map((workers) => trained(config, { workers })));
    expect(two).toEqual(one);
    expect(three).toEqual(one);
    expect((await trained(config, { seed: 8 })).weights).not.toEqual(one.weights);
  });

  it.each([1, 5, 9, 10, 13])(
    'interrupted after step %i and resumed it ends bitwise as if nothing had happened',
    async (steps) => {
      const config = smallConfig('attention-listnet');
      const whole = await trained(config);
      const checkpoints = memoryStore();
      const controller = new AbortController();
      const first = await trained(config, {
        checkpoints,
        signal: controller.signal,
        onProgress: ({ step }) => {
          if (step >= steps) controller.abort();
        },
      });
      expect(first.result.interrupted).toBe(true);
      const resumed = await trained(config, { checkpoints, workers: 2 });
      expect(resumed).toEqual(whole);
    },
  );

  it('draws neighbours anew in every epoch, bitwise the same for any number of workers and after an interruption', async () => {
    const graph = { fanOut: 2, clicks: 3, seed: 1 };
    const data = await encodedDrinks(400, { graph: { ...graph, redrawFrom: 20 } });
    const once = smallConfig('graph-bce');
    const config = { ...once, model: { ...once.model, graph: { ...once.model.graph, redrawFrom: 20 } } };
    const [one, two] = await Promise.all([1, 2].map((workers) => trained(config, { data, workers })));
    expect(two).toEqual(one);
    const checkpoints = memoryStore();
    const controller = new AbortController();
    const onProgress = ({ step }: TrainingProgress): void => {
      if (step >= 14) controller.abort();
    };
    const { result } = await trained(config, { data, checkpoints, signal: controller.signal, onProgress });
    expect(result.interrupted).toBe(true);
    expect(await trained(config, { data, checkpoints, workers: 2 })).toEqual(one);
    expect((await trained(once, { data })).weights).not.toEqual(one.weights);
  });

  it('stopped while an epoch is judged it keeps every step, and judges it when it is resumed', async () => {
    const config = smallConfig('attention-listnet');
    const checkpoints = memoryStore();
    const controller = new AbortController();
    const { result } = await trained(config, {
      checkpoints,
      signal: controller.signal,
      onProgress: ({ step, steps, epochs }) => {
        if (step === steps / epochs) controller.abort();
      },
    });
    expect(result).toMatchObject({ interrupted: true, epochs: [] });
    const stored = await checkpoints.load();
    const seen: number[] = [];
    const resumed = await trained(config, { checkpoints, onProgress: ({ step }) => void seen.push(step) });
    // The first thing told is the epoch's figures, not another of its steps.
    expect(seen[0]).toBe(stored?.step);
    expect(resumed).toEqual(await trained(config));
  });

  it('resumes from a folder, and not from another run', async () => {
    const config = smallConfig('attention-bce');
    const folder = checkpointFolder(await mkdtemp(join(tmpdir(), 'checkpoint-')));
    const signal = AbortSignal.abort();
    await trained(config, { checkpoints: folder, signal });
    const stored = await folder.load();
    expect(stored).toMatchObject({ step: 1, seed: 7, config });
    expect((await trained(config, { checkpoints: folder, seed: 9 })).weights).toEqual(
      (await trained(config, { seed: 9 })).weights,
    );
  });

  it('stops when validation no longer gets better', async () => {
    const eager = smallConfig('attention-bce', { epochs: 40, patience: 2, averaging: 0 });
    const { result } = await trained({ ...eager, optimizer: { ...eager.optimizer, learningRate: 0.05, warmUp: 0 } });
    expect(result.epochs.length).toBe(result.keptEpoch + 2);
    expect(result.epochs.length).toBeLessThan(40);
  });

  it('names recipe, place and what to lower where it diverges', async () => {
    const config = smallConfig('attention-bce', { averaging: 0 });
    const wild = { ...config, optimizer: { ...config.optimizer, learningRate: 1e30, warmUp: 0 } };
    await expect(trained(wild)).rejects.toThrow(
      /^attention-bce, step \d+: expected finite numbers, found .* lower optimizer\.learningRate/,
    );
    // One step an epoch: the scores of its end are what is seen first.
    await expect(trained({ ...wild, batch: 100_000 })).rejects.toThrow(/^attention-bce, epoch \d+: .*diverged/);
  });
});
