import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodedDrinks, smallConfig } from '../../test/encoded-drinks.ts';
import { createModel, scorers } from '../models/model.ts';
import { modelArrays } from '../models/weights.ts';
import { createRng } from '../random/rng.ts';
import type { RankingEvent } from '../slate/events.ts';
import { loadModel, type StoredModel, saveModel } from './model-folder.ts';
import { createSlateScorer, type SlateScore } from './slate-scorer.ts';

const request = (id: string, user: string, items: readonly string[]): RankingEvent => ({
  event: 'ranking',
  id,
  time: 2e12,
  user,
  fields: {},
  items: items.map((item) => ({ id: item, fields: {} })),
});
const requests = [request('q1', 'u1', ['small', 'large', 'medium']), request('q2', 'u77', ['large', 'never seen'])];

async function scores(stored: StoredModel, workers: number): Promise<readonly SlateScore[]> {
  const scorer = await createSlateScorer(stored, { workers });
  const result = await scorer.score(requests);
  await scorer.close();
  return result;
}

it('a folder is complete: loaded elsewhere it scores bitwise alike; damaged, it says so', async () => {
  const { features, replay, spec } = await encodedDrinks(200);
  const config = { ...smallConfig('attention-bce').model, positions: 3, listLength: 3, baseRate: 0.3, slateRate: 0.6 };
  const model = createModel(createRng(2), { scorer: scorers.attention, config, spec });
  const rng = createRng(3);
  for (const array of Object.values(modelArrays(model)))
    for (let i = 0; i < array.length; i++) array[i] += 0.2 * rng.normal();
  const card = {
    recipe: 'attention-bce',
    seed: 1,
    threshold: -0.5,
    knownUntil: 5,
    config: {},
    protocol: {},
    version: '0',
  };
  const stored = { model, features, replay, card };
  const folder = join(await mkdtemp(join(tmpdir(), 'model-')), 'a');
  await saveModel(folder, stored);

  const loaded = await loadModel(folder);
  expect(loaded.card).toEqual(card);
  const expected = await scores(stored, 1);
  expect(await scores(loaded, 2)).toEqual(expected);
  expect(expected.map(({ list, items }) => [list, ...items.map(({ item }) => item)])).toEqual([
    ['q1', 'small', 'large', 'medium'],
    ['q2', 'large', 'never seen'],
  ]);
  // Asking leaves no trace: the same question gets the same answer.
  expect(await scores(loaded, 1)).toEqual(expected);

  await truncate(join(folder, 'weights.bin'), 500);
  await expect(loadModel(folder)).rejects.toThrow(/damaged/);
  const json = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  await writeFile(join(folder, 'model.json'), JSON.stringify({ ...json, format: 99 }));
  await expect(loadModel(folder)).rejects.toThrow(/format/);
  await rm(join(folder, 'model.json'));
  await expect(loadModel(folder)).rejects.toThrow(/expected a model folder/);
});
