import { describe, expect, it } from 'vitest';
import { impression } from '../../../test/example-features.ts';
import type { FeatureSchema } from '../schema/schema.ts';
import { createEncodersFitter, type Encoders, encoderDefaults, encodersFromJson, encodersToJson } from './encoders.ts';

const schema: FeatureSchema = {
  item: [
    { name: 'kind', kind: 'category' },
    { name: 'price', kind: 'numeric' },
  ],
  user: [{ name: 'age', kind: 'numeric' }],
  ranking: [{ name: 'query', kind: 'category' }],
  rankedItem: [{ name: 'relevancy', kind: 'numeric' }],
};
const prices: Readonly<Record<string, number>> = { a: 100, b: 200, c: 900 };

function fitted(options: Partial<typeof encoderDefaults> = {}): Encoders {
  const fitter = createEncodersFitter(schema, { ...encoderDefaults, ...options });
  const known = {
    item: (id: string) => (id in prices ? { price: prices[id], kind: id === 'c' ? 'rare' : 'common' } : undefined),
  };
  for (let time = 0; time < 9; time++)
    fitter.observe(impression(time, 'u', ['a', 'b']), { ...known, user: { age: 30 } });
  fitter.observe(impression(10, 'v', ['c', 'a', 'unheard of']), { ...known, user: { age: 50 } });
  fitter.observe(impression(10, '', ['a']), { ...known, user: undefined });
  return fitter.fit();
}

describe('encoders', () => {
  it('weigh every item of the catalogue once, however often it was shown, and every user once', () => {
    const { item, user, rankedItem } = fitted();
    expect(item.numeric[0]).toMatchObject({ name: 'price', flag: true, encoder: { mean: 400 } });
    expect(user.numeric[0]).toMatchObject({ name: 'age', flag: true, encoder: { mean: 40 } });
    // Per shown item: 9 times 0 and 1, once 0, 1, 2, once 0.
    expect(rankedItem.numeric[0].encoder.mean).toBeCloseTo(12 / 22, 12);
  });

  it('leave values of few items to the unknown row', () => {
    const kinds = (minCount: number): string[] => [...fitted({ minCount }).item.vocabularies[0].vocabulary.ids.keys()];
    expect(kinds(2)).toEqual(['common']);
    expect(kinds(1)).toEqual(['common', 'rare']);
    expect(kinds(3)).toEqual([]);
  });

  it('give an id of their own to items shown often enough, when asked to', () => {
    expect(fitted().itemIds).toBeUndefined();
    expect(fitted({ itemIdMinCount: 9 }).itemIds).toEqual(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    );
  });

  it('give a vector of their own to users with enough lists, never to nobody known', () => {
    const usersOf = (userIdMinCount: number): readonly string[] => [...fitted({ userIdMinCount }).userIds.keys()];
    expect(usersOf(0)).toEqual([]);
    expect(usersOf(1)).toEqual(['u', 'v']);
    expect(usersOf(9)).toEqual(['u']);
    expect(usersOf(10)).toEqual([]);
  });

  it('survive JSON unchanged', () => {
    for (const encoders of [fitted(), fitted({ itemIdMinCount: 1, userIdMinCount: 1, minCount: 1 })])
      expect(encodersFromJson(JSON.parse(JSON.stringify(encodersToJson(encoders))), schema)).toEqual(encoders);
  });
});
