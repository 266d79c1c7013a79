import { copyFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodedDrinks } from '../../test/encoded-drinks.ts';
import { randomStoredModel } from '../../test/random-model.ts';
import { writeManifest } from '../files/manifest.ts';
import { segmentsInMemory } from '../memory/user-segments.ts';
import { encodeArrays } from '../models/tables/array-file.ts';
import type { RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { compileForward } from './forward-graph.ts';
import { finiteArrays, loadModel, type StoredModel, saveModel } from './model-folder.ts';
import type { SlateScore } from './slate-score.ts';
import { createSlateScorer } from './slate-scorer.ts';

const request = (id: string, user: string, items: readonly string[]): RankingEvent => ({
  event: 'ranking',
  id,
  time: 2e12,
  user,
  fields: {},
  items: items.map((item) => ({ id: item, fields: {} })),
});
const FILES = ['model.json', 'weights.bin', 'memory.jsonl.gz'];
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
  expect(expected.map(({ request, items }) => [request, ...items.map(({ item }) => item)])).toEqual([
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
    [{ ...json, format: 99 }, 'expected a model of format 8, found 99'],
    [{ ...json, card: { ...json.card, threshold: 1 } }, 'found model.json with'],
    [{ ...json, scorer: 'transformer' }, 'found "transformer"'],
    [{ ...json, scorer: 'constructor' }, 'found "constructor"'],
    [{ ...json, scorer: undefined }, 'found none'],
    [{ ...json, scorerConfig: undefined }, 'found a damaged one'],
    [{ ...json, features: {} }, 'found a damaged one'],
    [
      { ...json, features: { ...json.features, slotNormaliser: { means: [null] } } },
      'found a damaged one (features.slotNormaliser.means.0 is no finite number)',
    ],
    [{ ...json, spec: undefined }, 'found a damaged one'],
  ];
  for (const [content, sentence] of damages) {
    await writeFile(join(folder, 'model.json'), typeof content === 'string' ? content : JSON.stringify(content));
    // As if it had been saved so: the manifest finds out every change by itself.
    if (sentence.startsWith('found') && !sentence.includes('model.json')) await writeManifest(folder, FILES);
    await expect(loadModel(folder)).rejects.toThrow(InputError);
    await expect(loadModel(folder)).rejects.toThrow(sentence);
  }
  await writeFile(join(folder, 'model.json'), JSON.stringify(json));
  await writeManifest(folder, FILES);
  await loadModel(folder);
  await rm(join(folder, 'model.json'));
  await expect(loadModel(folder)).rejects.toThrow(/expected a model folder/);
});

it('a folder is one thing: no file of another, none cut, none missing, no number that is none', async () => {
  const encoded = await encodedDrinks(200);
  const home = await mkdtemp(join(tmpdir(), 'models-'));
  const [one, other] = [join(home, 'one'), join(home, 'other')];
  await saveModel(one, randomStoredModel(encoded, { listLength: 3, seed: 2 }));
  await saveModel(other, randomStoredModel(await encodedDrinks(201), { listLength: 3, seed: 3, card: { seed: 9 } }));
  for (const name of FILES) {
    const own = await readFile(join(one, name));
    for (const spoil of [
      () => copyFile(join(other, name), join(one, name)),
      () => truncate(join(one, name), own.length - 1),
      () => writeFile(join(one, name), Buffer.from(own).fill(0, own.length >> 1, (own.length >> 1) + 64)),
      () => rm(join(one, name)),
    ]) {
      const before = await readFile(join(one, name));
      await spoil();
      await expect(loadModel(one)).rejects.toThrow(InputError);
      await expect(loadModel(one)).rejects.toThrow(name);
      await writeFile(join(one, name), before);
      await loadModel(one);
    }
  }
});

it('a folder of before, with the graph in a file of its own, is read as ever', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'model-')), 'a');
  const stored = randomStoredModel(await encodedDrinks(60), { listLength: 3 });
  await saveModel(folder, stored);
  const { graph, ...json } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  expect(graph).toMatch(/^[0-9a-f]{64}$/);
  await writeFile(join(folder, 'model.json'), JSON.stringify(json));
  await writeFile(join(folder, 'scorer.onnx'), compileForward(stored.model).graph.bytes);
  await writeManifest(folder, [...FILES, 'scorer.onnx']);
  expect(await scores(await loadModel(folder), 1)).toEqual(await scores(stored, 1));
  await truncate(join(folder, 'scorer.onnx'), 10);
  await expect(loadModel(folder)).rejects.toThrow('scorer.onnx with 10 bytes');
  // Whoever saves it again leaves nothing of it behind.
  await saveModel(folder, stored);
  expect((await readdir(folder)).includes('scorer.onnx')).toBe(false);
});

it('a threshold that is none stays none', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'model-')), 'a');
  const card = { threshold: Number.NaN };
  await saveModel(folder, randomStoredModel(await encodedDrinks(200), { listLength: 3, card }));
  expect((await loadModel(folder)).card.threshold).toBeNaN();
});

it('weights hold finite numbers only', () => {
  const arrays = { a: Float32Array.of(1, 2), b: Float32Array.of(3, Number.NaN) };
  expect(() => finiteArrays(encodeArrays({}, arrays))).toThrow('number 1 of "b" is NaN');
  expect(finiteArrays(encodeArrays({}, { a: arrays.a }))).toEqual({ a: arrays.a });
});

it('the users of its memory lie where a program says', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'model-')), 'a');
  await saveModel(folder, randomStoredModel(await encodedDrinks(60), { listLength: 3 }));
  const inMemory = segmentsInMemory();
  let made = 0;
  const make: typeof inMemory.make = (bytes) => {
    made++;
    return inMemory.make(bytes);
  };
  const { memory } = await loadModel(folder, { storage: { hotUsers: 16, segments: { ...inMemory, make } } });
  expect([memory.sizes().users > 0, made > 0]).toEqual([true, true]);
});
