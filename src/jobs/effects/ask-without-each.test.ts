import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import { randomStoredModel } from '../../../test/random-model.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { settingsDefaults } from '../settings.ts';
import { askWithoutEach } from './ask-without-each.ts';

let prepared: Prepared;
beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'leave-'));
  await writeSimulation(simulateDrinks({ impressions: 200, seed: 3 }), { log: join(root, 'log.jsonl') });
  const options = {
    settings: settingsDefaults,
    configs: [smallConfig('attention-bce')],
    cacheFolder: root,
    reporter: silentReporter,
  };
  prepared = await prepare(join(root, 'log.jsonl'), options);
});

const asked = (scorer: string): ReturnType<typeof askWithoutEach> =>
  askWithoutEach(prepared, { ...randomStoredModel(prepared.encoded, { scorer }), workers: 1, seed: 1 });

it('leaves every item of training lists of two or more out in turn; with itself an item has no influence', async () => {
  const { encoded } = prepared;
  const { lists, lengths, influence } = await asked('attention');
  const lengthsOfAll = encoded.slates.lengths(encoded.train);
  const wanted = [...encoded.train.keys()].filter((at) => lengthsOfAll[at] > 1);
  expect([...lists]).toEqual(wanted.map((at) => encoded.listB[encoded.train[at]]));
  expect([...lengths]).toEqual(wanted.map((at) => lengthsOfAll[at]));
  let start = 0;
  for (const K of lengths) {
    for (let k = 0; k < K; k++) expect(influence[start + k * K + k]).toBe(0);
    start += K * K;
  }
  expect(influence).toHaveLength(start);
  expect(influence.some((value) => Math.abs(value) > 0.01)).toBe(true);
});

it('is nothing to a model that scores item by item', async () => {
  const { influence } = await asked('pointwise');
  expect(Math.max(...influence.map(Math.abs))).toBeLessThan(1e-6);
});
