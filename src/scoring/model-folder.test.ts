import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodedDrinks } from '../../test/encoded-drinks.ts';
import { randomStoredModel } from '../../test/random-model.ts';
import type { RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
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
  const card = { recipe: 'attention-bce', threshold: -0.5, knownUntil: 5 };
  const stored = randomStoredModel(await encodedDrinks(200), { listLength: 3, card });
  const folder = join(await mkdtemp(join(tmpdir(), 'model-')), 'a');
  await saveModel(folder, stored);

  const loaded = await loadModel(folder);
  expect(loaded.card).toEqual({ ...card, seed: 1, config: {}, protocol: {}, version: '0' });
  const expected = await scores(stored, 1);
  expect(await scores(loaded, 2)).toEqual(expected);
  expect(expected.map(({ list, items }) => [list, ...items.map(({ item }) => item)])).toEqual([
    ['q1', 'small', 'large', 'medium'],
    ['q2', 'large', 'never seen'],
  ]);
  // Asking leaves no trace: the same question gets the same answer.
  expect(await scores(loaded, 1)).toEqual(expected);

  const json = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  const damages: readonly (readonly [string | object, string])[] = [
    ['', 'found a damaged model.json'],
    ['{"format": 1,', 'found a damaged model.json'],
    ['null', 'found a damaged model.json'],
    ['[]', 'found a damaged model.json'],
    [{ ...json, format: 99 }, 'expected a model of format 3, found 99'],
    [{ ...json, scorer: 'transformer' }, 'expected a model with a scorer of pointwise, attention'],
    [{ ...json, scorer: 'constructor' }, 'found "constructor"'],
    [{ ...json, scorer: undefined }, 'found none'],
    [{ ...json, scorerConfig: undefined }, 'found a damaged one'],
    [{ ...json, features: {} }, 'found a damaged one'],
    [{ ...json, spec: undefined }, 'found a damaged one'],
  ];
  for (const [content, sentence] of damages) {
    await writeFile(join(folder, 'model.json'), typeof content === 'string' ? content : JSON.stringify(content));
    await expect(loadModel(folder)).rejects.toThrow(InputError);
    await expect(loadModel(folder)).rejects.toThrow(sentence);
  }
  await writeFile(join(folder, 'model.json'), JSON.stringify(json));
  await loadModel(folder);
  await truncate(join(folder, 'weights.bin'), 500);
  await expect(loadModel(folder)).rejects.toThrow(/damaged/);
  await rm(join(folder, 'model.json'));
  await expect(loadModel(folder)).rejects.toThrow(/expected a model folder/);
});
