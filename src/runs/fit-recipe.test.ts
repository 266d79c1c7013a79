import { beforeAll, expect, it } from 'vitest';
import { encodedDrinks, smallConfig } from '../../test/encoded-drinks.ts';
import type { EncodedDataset } from '../data/encode-dataset.ts';
import { modelArrays, type Weights } from '../models/weights.ts';
import type { CheckpointStore } from '../train/checkpoint.ts';
import { type FitOptions, fitRecipe } from './fit-recipe.ts';
import type { Prepared } from './prepare.ts';
import { silentReporter } from './reporter.ts';
import { settingsDefaults } from './settings.ts';

const config = smallConfig('attention-partial', { epochs: 2 });
let one: EncodedDataset;
let two: EncodedDataset;
beforeAll(async () => {
  one = await encodedDrinks(400, { partial: 1 });
  two = await encodedDrinks(400, { partial: 2 });
});

async function fitted(
  encoded: EncodedDataset,
  { train = encoded.train, ...options }: Partial<FitOptions> & { readonly train?: Int32Array } = {},
): Promise<{ weights: Weights; lists: number }> {
  const { slates, validation } = encoded;
  let lists = 0;
  const reporter = {
    ...silentReporter,
    progress: ({ total }: { readonly total?: number }): void => {
      lists = total ?? 0;
    },
  };
  const dataset = { summary: {}, fields: [] };
  const prepared = { path: '', dataset, encoded, settings: settingsDefaults } as unknown as Prepared;
  const all: FitOptions = { config, seed: 4, workers: 1, reporter, ...options };
  const { model } = await fitRecipe(prepared, { slates, train, validation }, all);
  return { weights: modelArrays(model), lists };
}

/** Lists of all steps, the last of an epoch counted as a whole one. */
const inSteps = (lists: number): number => Math.ceil(lists / config.batch) * config.batch * config.epochs;

it('trains on whole lists and on as many copies of them as the recipe wants, however many were encoded for others', async () => {
  const { weights, lists } = await fitted(one);
  expect(lists).toBe(inSteps(one.train.length + one.partialOfTrain.length));
  expect((await fitted(two)).weights).toEqual(weights);
  const more = await fitted(two, { config: { ...config, model: { ...config.model, partial: 2 } } });
  expect(more.lists).toBe(inSteps(one.train.length + two.partialOfTrain.length));
  expect(more.weights['encoder.rest'].some((value) => value !== 0)).toBe(true);
});

it('without partial copies in the recipe, those encoded for others change nothing', async () => {
  const plain = smallConfig('attention-bce', { epochs: 2 });
  const alone = await fitted(await encodedDrinks(), { config: plain });
  expect((await fitted(two, { config: plain })).weights).toEqual(alone.weights);
  expect(Object.keys(alone.weights)).not.toContain('encoder.rest');
});

it('reads copies of the lists it is given, and of no others', async () => {
  const train = one.train.slice(0, 90);
  const given = new Set(train.map((index) => one.listB[index]));
  const copies = one.partialOfTrain.filter((index) => given.has(one.listB[index])).length;
  expect((await fitted(one, { train })).lists).toBe(inSteps(90 + copies));
});

it('interrupted and resumed it ends bitwise as if nothing had happened', async () => {
  const store: CheckpointStore & { stored?: Awaited<ReturnType<CheckpointStore['load']>> } = {
    async load() {
      return this.stored;
    },
    async save(checkpoint) {
      this.stored = structuredClone(checkpoint);
    },
  };
  const whole = await fitted(one, { workers: 2 });
  const first = await fitted(one, { checkpoints: store, signal: AbortSignal.abort() });
  expect(first.weights).not.toEqual(whole.weights);
  expect((await fitted(one, { checkpoints: store })).weights).toEqual(whole.weights);
});

it('says so when a recipe wants copies and none were encoded', async () => {
  await expect(fitted(await encodedDrinks(50))).rejects.toThrow(/none were encoded/);
});
