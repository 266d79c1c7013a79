import { beforeAll, expect, it } from 'vitest';
import { encodedDrinks, smallConfig } from '../../../test/encoded-drinks.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import { losses } from '../../losses/losses.ts';
import { createModel, type Model } from '../../models/model.ts';
import { scorers } from '../../models/scorers.ts';
import { modelArrays, type Weights } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import type { Checkpoint } from '../checkpoints/checkpoint.ts';
import type { TrainingConfig } from '../recipes/training-config.ts';
import {
  type TrainingData,
  type TrainingProgress,
  type TrainingResult,
  type TrainScorerOptions,
  trainScorer,
} from '../scorer/trainer.ts';
import { trainAside } from './train-aside.ts';

let encoded: EncodedDataset;
beforeAll(async () => {
  encoded = await encodedDrinks();
});

const config = smallConfig('attention-triplet');

const modelOf = ({ model, scorer }: TrainingConfig): Model =>
  createModel(createRng(1), {
    scorer: scorers.named(scorer),
    config: { ...model, positions: 3, listLength: 3, baseRate: 0.3, slateRate: 0.6 },
    spec: encoded.spec,
  });

interface Trained {
  readonly result: TrainingResult;
  readonly weights: Weights;
}

async function trained(
  train: typeof trainScorer,
  options: Partial<TrainScorerOptions> = {},
  data: TrainingData = encoded,
): Promise<Trained> {
  const model = modelOf(config);
  const result = await train(model, data, { config, seed: 7, workers: 1, ...options });
  return { result, weights: modelArrays(model) };
}

it('trains on a thread of its own, bitwise as on the calling thread, and tells the same of its way', async () => {
  const told: TrainingProgress[][] = [[], []];
  const epochs: number[][] = [[], []];
  const saved: Checkpoint[][] = [[], []];
  const [own, aside] = await Promise.all(
    [trainScorer, trainAside].map((train, at) =>
      trained(train, {
        onProgress: (progress) => void told[at].push(progress),
        onEpochs: async (all) => void epochs[at].push(all.epochs.length),
        checkpoints: {
          load: async () => undefined,
          save: async (checkpoint) => void saved[at].push(structuredClone(checkpoint)),
        },
      }),
    ),
  );
  expect(aside).toEqual(own);
  expect(told[1]).toEqual(told[0]);
  expect(epochs[1]).toEqual(epochs[0]);
  expect(saved[1]).toEqual(saved[0]);
  expect(saved[1].length).toBe(3);
});

it('asks the calling thread for no batch, unless the lists lie where only that one can read', async () => {
  const { slates, train, validation } = encoded;
  let asked = 0;
  const counted = {
    ...slates,
    batch(lists: Int32Array) {
      asked++;
      return slates.batch(lists);
    },
  };
  const aside = await trained(trainAside, {}, { slates: counted, train, validation });
  expect(asked).toBe(0);
  const own = await trained(trainAside, {}, { slates: { ...counted, shared: undefined }, train, validation });
  expect(asked).toBeGreaterThan(0);
  expect(own).toEqual(aside);
});

it('stops when it is told to, and goes on later as if nothing had happened', async () => {
  let stored: Checkpoint | undefined;
  const stopping = new AbortController();
  const checkpoints = {
    load: async () => stored,
    save: async (checkpoint: Checkpoint) => {
      stored = structuredClone(checkpoint);
    },
  };
  const first = await trained(trainAside, {
    checkpoints,
    signal: stopping.signal,
    onProgress: ({ step }) => {
      if (step === 3) stopping.abort();
    },
  });
  expect(first.result.interrupted).toBe(true);
  expect(await trained(trainAside, { checkpoints })).toEqual(await trained(trainScorer));
});

it('fails as the training does, and where what it is told of cannot be kept', async () => {
  const wild = { ...config, optimizer: { ...config.optimizer, learningRate: 1e30 } };
  await expect(trained(trainAside, { config: wild })).rejects.toMatchObject({ name: 'InputError', code: 'diverged' });
  const full = async (): Promise<void> => {
    throw new Error('disk full');
  };
  const checkpoints = { load: async () => undefined, save: full };
  await expect(trained(trainAside, { checkpoints })).rejects.toThrow('disk full');
});

it('trains by losses that only the calling thread knows', async () => {
  const bce = losses.named('bce');
  const own = losses.with([{ ...bce, name: 'own' }]);
  const changed = { ...config, losses: [{ name: 'own', weight: 1 }] };
  const { result } = await trained(trainAside, { config: changed, losses: own });
  expect(Object.keys(result.epochs[0].train.terms)).toEqual(['own']);
});
