import { describe, expect, it } from 'vitest';
import { exampleEncoders, exampleItems } from '../../../test/example-features.ts';
import type { ItemVersion } from '../../memory/item-version.ts';
import { createItemEncoder } from './item-encoder.ts';

const encoder = createItemEncoder({ encoder: exampleEncoders.item, ids: undefined });
const described = (id: string): ItemVersion => encoder.describe({ index: 7, id, fields: exampleItems[id] });

describe('item encoder', () => {
  it('gives an item the unit vector of its known values, by their rarity', () => {
    const { tokens, tokenWeights, tokenStarts } = described('c');
    // coffee (1.5) and bitter (1.5), sour (2); the three ids of kind come first.
    expect(tokens).toEqual([2, 3 + 2, 3 + 3]);
    expect(tokenStarts).toEqual([0, 1, 3]);
    const norm = Math.sqrt(1.5 ** 2 + 1.5 ** 2 + 2 ** 2);
    for (const [at, idf] of [1.5, 1.5, 2].entries()) expect(tokenWeights[at]).toBeCloseTo(idf / norm, 12);
  });

  it('knows an unknown value from an absent one in the bags, and neither in the tokens', () => {
    const [d, e] = [described('d'), described('e')];
    expect([d.tokens, e.tokens]).toEqual([[], []]);
    expect([d.bags[0], e.bags[0]]).toEqual([[0], []]);
  });

  it('gives an item its numbers, the index and the fields that it was given', () => {
    const { item, dense, fields } = described('a');
    expect(encoder.denseNames).toHaveLength(dense.length);
    expect(encoder.numbers).toBe(2);
    expect(dense.slice(0, 2)).toEqual([1, 0.5]);
    expect(item).toBe(7);
    expect(fields).toBe(exampleItems.a);
  });

  it('has no token at or above the number it names', () => {
    const tokens = Object.keys(exampleItems).flatMap((id) => described(id).tokens);
    expect(Math.max(...tokens)).toBe(encoder.tokenCount - 1);
  });

  it('has a bag of ids when items have embeddings of their own; the others share row 0', () => {
    const { vocabularySizes, describe } = createItemEncoder({
      encoder: exampleEncoders.item,
      ids: new Map([['c', 1]]),
    });
    expect(vocabularySizes.map(({ name }) => name)).toEqual(['kind', 'taste', 'id']);
    expect(vocabularySizes[2].size).toBe(2);
    expect(['c', 'a'].map((id) => describe({ index: 0, id, fields: {} }).bags[2])).toEqual([[1], [0]]);
  });

  it('takes a field that is called id for a field', () => {
    const [kind] = exampleEncoders.item.vocabularies;
    const own = { numeric: [], vectors: [], vocabularies: [{ ...kind, name: 'id' }] };
    const { tokenFields, describe } = createItemEncoder({ encoder: own, ids: undefined });
    expect(tokenFields).toEqual(['id']);
    expect(describe({ index: 0, id: 'x', fields: { id: 'tea' } }).tokens).toEqual([1]);
  });
});
