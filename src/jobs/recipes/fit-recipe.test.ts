import { beforeAll, describe, expect, it } from 'vitest';
import { encodedDrinks, smallConfig } from '../../../test/encoded-drinks.ts';
import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import type { ScorerConfig } from '../../models/shared/scorer-config.ts';
import { modelArrays, type Weights } from '../../models/tables/weights.ts';
import type { CheckpointStore } from '../../train/checkpoints/checkpoint.ts';
import type { TrainingResult } from '../../train/scorer/trainer.ts';
import type { Prepared } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { settingsDefaults } from '../settings.ts';
import { type FitOptions, fitRecipe } from './fit-recipe.ts';

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
): Promise<{ weights: Weights; lists: number; model: ScorerConfig; result: TrainingResult }> {
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
  const { model, result } = await fitRecipe(prepared, { slates, train, validation }, all);
  return { weights: modelArrays(model), lists, model: model.config, result };
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

const memoryStore = (): CheckpointStore => {
  let stored: Awaited<ReturnType<CheckpointStore['load']>>;
  return {
    load: async () => stored,
    save: async (checkpoint) => {
      stored = structuredClone(checkpoint);
    },
  };
};

it('interrupted and resumed it ends bitwise as if nothing had happened', async () => {
  const store = memoryStore();
  const whole = await fitted(one, { workers: 2 });
  const first = await fitted(one, { checkpoints: store, signal: AbortSignal.abort() });
  expect(first.weights).not.toEqual(whole.weights);
  expect((await fitted(one, { checkpoints: store })).weights).toEqual(whole.weights);
});

it('says so when a recipe wants copies and none were encoded', async () => {
  await expect(fitted(await encodedDrinks(50))).rejects.toThrow(/none were encoded/);
});

it('knows the length of lists and the positions of a page from the training part, each by itself', async () => {
  const short = { epochs: 1, batch: 256, microBatch: 64 };
  const { columns } = one.slates;
  const inTrain = new Set([...one.train].flatMap((list) => [...slotsOf(one, list)]));
  const placed = async (position: (k: number) => number, recipe: string): ReturnType<typeof fitted> => {
    const positionS = columns.positionS.map((k, slot) => (inTrain.has(slot) ? position(k) : 190 + k));
    return fitted(
      { ...one, slates: createInMemorySlates({ ...columns, positionS }) },
      { config: smallConfig(recipe, short) },
    );
  };
  for (const recipe of ['dlcm', 'exact-k']) {
    const sparse = await placed((k) => 7 * k, recipe);
    expect(sparse.model).toMatchObject({ positions: 15, listLength: 3 });
    const constant = await placed(() => 0, recipe);
    expect(constant.model).toMatchObject({ positions: 1, listLength: 3 });
    const offset = await placed((k) => 190 + k, recipe);
    expect(offset.model).toMatchObject({ positions: 193, listLength: 3 });
    expect(offset.weights['encoder.position']).toHaveLength(193 * 8);
    expect(offset.weights['card.weight']?.length).toBe(recipe === 'exact-k' ? (8 + 3 * 17) * 128 : undefined);
  }
  const shorter = one.train.filter((list) => slotsOf(one, list).length < 3);
  const encoded = { ...one, train: shorter };
  expect((await fitted(encoded, { config: smallConfig('dlcm', short) })).model).toMatchObject({ listLength: 2 });
});

function slotsOf({ slates }: EncodedDataset, list: number): readonly number[] {
  const [start, end] = [slates.columns.offsets[list], slates.columns.offsets[list + 1]];
  return Array.from({ length: end - start }, (_, k) => start + k);
}

it("starts a card's logit at the training part's share of clicked lists", async () => {
  const { model } = await fitted(one, { config: smallConfig('exact-k', { epochs: 1, batch: 256, microBatch: 64 }) });
  const clicks = one.train.filter((list) =>
    slotsOf(one, list).some((slot) => one.slates.columns.labelS[slot] === 1),
  ).length;
  expect(model.slateRate).toBeCloseTo((clicks + 1) / (one.train.length + 2), 12);
});

describe('two stages', () => {
  const twoStage = smallConfig('two-stage', {
    epochs: 2,
    factors: undefined,
    firstStage: { losses: [{ name: 'pair', weight: 1 }], epochs: 6 },
  });
  const tablesOf = (weights: Weights): unknown =>
    Object.entries(weights).filter(([name]) => name.startsWith('table.id.'));

  it('the second leaves the tables of the first as they are', async () => {
    const short = await fitted(one, { config: { ...twoStage, epochs: 1 } });
    const long = await fitted(one, { config: twoStage });
    expect(tablesOf(short.weights)).toHaveLength(1);
    expect(short.weights['table.id.factors']).toHaveLength((one.spec.items.shown.length + 1) * 60);
    // Row 0 is every item that is not learned of.
    expect(short.weights['table.id.factors'].subarray(0, 60).every((value) => value === 0)).toBe(true);
    expect(tablesOf(long.weights)).toEqual(tablesOf(short.weights));
    expect(long.weights['list.weight']).not.toEqual(short.weights['list.weight']);
  });

  it('factors are fitted before all else and stay as they are', async () => {
    const config = smallConfig('two-stage', { epochs: 2 });
    const [short, long] = [await fitted(one, { config: { ...config, epochs: 1 } }), await fitted(one, { config })];
    expect(tablesOf(long.weights)).toEqual(tablesOf(short.weights));
    expect(long.weights['list.weight']).not.toEqual(short.weights['list.weight']);
    expect(long.result.firstStageEpoch).toBeUndefined();
    const stronger = { ...config, factors: { ...config.factors, itemRidge: 1 } } as typeof config;
    expect(tablesOf((await fitted(one, { config: stronger })).weights)).not.toEqual(tablesOf(long.weights));
  });

  it("the second leaves PRM's click model, and the tables that it reads, as they are", async () => {
    const prm = smallConfig('prm');
    const config: typeof prm = {
      ...prm,
      model: { ...prm.model, personal: 'pretrained' },
      firstStage: { losses: [{ name: 'bce', weight: 1 }], epochs: 2, metric: 'logLoss' },
    };
    const [short, long] = [
      await fitted(one, { config: { ...config, epochs: 1 } }),
      await fitted(one, { config: { ...config, epochs: 2 } }),
    ];
    const ofFirst = (weights: Weights): Weights =>
      Object.fromEntries(
        Object.entries(weights).filter(([name]) => /^(pretrained|table\.item|table\.context)\./.test(name)),
      );
    expect(Object.keys(ofFirst(short.weights)).length).toBeGreaterThan(10);
    expect(ofFirst(long.weights)).toEqual(ofFirst(short.weights));
    expect(ofFirst((await fitted(one, { config, seed: 5 })).weights)).not.toEqual(ofFirst(long.weights));
    for (const name of ['mix.weight', 'encoder.item.weight'])
      expect(long.weights[name]).not.toEqual(short.weights[name]);
    const checkpoints = memoryStore();
    await fitted(one, { config: { ...config, epochs: 2 }, checkpoints, stopAfter: 1 });
    expect((await fitted(one, { config: { ...config, epochs: 2 }, checkpoints })).weights).toEqual(long.weights);
  });

  it('hands on which epoch the first one kept, also when interrupted in the second, and can be told it', async () => {
    const chosen = await fitted(one, { config: twoStage });
    const kept = chosen.result.firstStageEpoch ?? 0;
    expect(kept).toBeGreaterThan(0);
    const checkpoints = memoryStore();
    await fitted(one, { config: twoStage, checkpoints, stopAfter: 1 });
    expect((await fitted(one, { config: twoStage, checkpoints })).result).toEqual(chosen.result);
    const told = await fitted(one, { config: twoStage, firstStageEpochs: kept });
    expect(tablesOf(told.weights)).toEqual(tablesOf(chosen.weights));
    for (const other of [1, 6].filter((epochs) => epochs !== kept)) {
      const { weights, result } = await fitted(one, { config: twoStage, firstStageEpochs: other });
      expect(tablesOf(weights)).not.toEqual(tablesOf(chosen.weights));
      expect(result.firstStageEpoch).toBe(other);
    }
  });
});

it('refuses lists that are longer than one of its losses can take, before it trains', async () => {
  const lengths = (indices: Int32Array): Int32Array => new Int32Array(indices.length).fill(61);
  const longer = { ...one, slates: { ...one.slates, lengths } };
  const listNet = { name: 'listNet', weight: 0.1, target: 'softmax', temperature: 1 } as const;
  const configWith = (options: object): FitOptions['config'] => ({ ...config, losses: [{ ...listNet, ...options }] });
  for (const [options, most] of [
    [{ form: 'full' }, 6],
    [{ form: 'topK', k: 3 }, 60],
  ] as const)
    await expect(fitted(longer, { config: configWith(options) })).rejects.toThrow(
      `expected lists of at most ${most} items for the loss listNet`,
    );
});
