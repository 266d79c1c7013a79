import { beforeAll, describe, expect, it } from 'vitest';
import { encodedMarket } from '../../test/encoded-market.ts';
import { InputError } from '../slate/input-error.ts';
import type { StoredModel } from './model-folder.ts';
import { createSlateScorer } from './slate-scorer.ts';

let stored: StoredModel;
beforeAll(async () => {
  stored = (await encodedMarket()).scorer;
});

describe('a scorer', () => {
  it.each<[string, () => readonly unknown[]]>([
    [
      'createSlateScorer: expected a model that loadModel gives, found nothing; load one',
      () => [undefined, { workers: 1 }],
    ],
    [
      'createSlateScorer: expected a model that loadModel gives, found an object without "model.spec"; load one',
      () => [{}, { workers: 1 }],
    ],
    ['createSlateScorer: options: expected object, found null', () => [stored, null]],
    ['found "worker"; did you mean "workers"?', () => [stored, { worker: 1 }]],
    ['workers: expected a whole number from 1 to 256, found 0', () => [stored, { workers: 0 }]],
  ])('is refused: %s', async (sentence, given) => {
    const make = createSlateScorer as (...given: readonly unknown[]) => Promise<unknown>;
    await expect(make(...given())).rejects.toThrow(InputError);
    await expect(make(...given())).rejects.toThrow(sentence);
  });

  it('says so once it is closed', async () => {
    const scorer = await createSlateScorer(stored, { workers: 1 });
    await scorer.close();
    await expect(scorer.score([])).rejects.toThrow('score: expected an open scorer, found it closed');
  });
});

describe('an encoder', () => {
  it.each<[string, () => readonly unknown[]]>([
    ['encode: expected a list of requests, found something else', () => [{ id: 'q' }, stored.memory]],
    ['encode: expected a memory beside the requests, found none', () => [[]]],
    [
      'request q: expected "time" in milliseconds',
      () => [[{ id: 'q', user: '', fields: {}, items: [{ id: 'a', fields: {} }] }], stored.memory],
    ],
    [
      'request q: expected at least one item',
      () => [[{ id: 'q', time: 5, user: '', fields: {}, items: [] }], stored.memory],
    ],
  ])('is not asked for what is no request: %s', (sentence, given) => {
    const encode = stored.encoder.encode as (...given: readonly unknown[]) => unknown;
    expect(() => encode(...given())).toThrow(InputError);
    expect(() => encode(...given())).toThrow(sentence);
  });
});
