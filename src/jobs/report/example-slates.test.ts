import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import { randomStoredModel } from '../../../test/random-model.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { companyLists } from '../recipes/company-lists.ts';
import type { TrainedRecipe } from '../recipes/train-recipe.ts';
import { silentReporter } from '../reporter.ts';
import { settingsDefaults } from '../settings.ts';
import { exampleSlates, keepExampleSlates, nameOf, namingField } from './example-slates.ts';
import { modelSlates } from './model-slates.ts';

let root = '';
let prepared: Prepared;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'slates-'));
  await writeSimulation(simulateDrinks({ impressions: 300, seed: 3 }), { log: join(root, 'log.jsonl') });
  const shared = { cacheFolder: root, reporter: silentReporter, configs: [smallConfig('attention-bce')] };
  prepared = await prepare(join(root, 'log.jsonl'), { ...shared, settings: settingsDefaults });
});

describe('slates of a training', () => {
  it('are test lists with a click, with what leaving each item out changes', async () => {
    const { model, calibration } = randomStoredModel(prepared.encoded);
    const trained = { model, fitted: { calibration } } as Pick<TrainedRecipe, 'model' | 'fitted'>;
    await keepExampleSlates(prepared, trained, { folder: root, workers: 1, seed: 1 });
    const slates = await exampleSlates(root);
    expect(slates).toHaveLength(3);
    for (const { items, influence } of slates) {
      expect(items.length).toBeGreaterThanOrEqual(3);
      expect(items.some(({ clicked }) => clicked)).toBe(true);
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      for (const { probability } of items) expect(probability > 0 && probability < 1).toBe(true);
      for (const [j, row] of influence.entries()) expect(row[j]).toBe(0);
      expect(influence.flat().some((change) => Math.abs(change) > 1e-3)).toBe(true);
    }
    expect(await exampleSlates(join(root, 'none'))).toEqual([]);
  });
});

describe('slates of a model', () => {
  it('are lists that it keeps, each item beside average company', async () => {
    const lists = await companyLists(prepared, 1);
    expect(lists).toHaveLength(40);
    expect(await companyLists(prepared, 1)).toEqual(lists);
    for (const { items } of lists) expect(items.length).toBeGreaterThan(1);
    const slates = await modelSlates({ ...randomStoredModel(prepared.encoded), lists });
    expect(slates).toHaveLength(3);
    for (const { average } of slates[0].items) {
      expect(average?.low).toBeLessThanOrEqual(average?.mean ?? 0);
      expect(average?.high).toBeGreaterThanOrEqual(average?.mean ?? 1);
    }
    expect(await modelSlates(randomStoredModel(prepared.encoded))).toEqual([]);
    expect(await modelSlates({ ...randomStoredModel(prepared.encoded, { scorer: 'pointwise' }), lists })).toEqual([]);
  });
});

it('an item goes by its title or name, and where it has none by its id', () => {
  expect(namingField(['price', 'Name', 'title'])).toBe('title');
  expect(namingField(['price'])).toBeUndefined();
  expect(nameOf({ id: 'i1', fields: { title: 'Alien' } }, 'title')).toBe('Alien');
  expect(nameOf({ id: 'i1', fields: { title: '' } }, 'title')).toBe('i1');
});
