/** A small catalogue with hand-made encoders, and random logs over it, for tests of the features. */
import fc from 'fast-check';
import type { Encoders } from '../src/encoding/encoders/encoders.ts';
import type { FieldsEncoder } from '../src/encoding/encoders/fields-encoder.ts';
import type { Vocabulary } from '../src/encoding/encoders/vocabulary.ts';
import { numericKind } from '../src/encoding/field-kinds/numeric.ts';
import type { Fields } from '../src/slate/fields.ts';
import type { Impression } from '../src/slate/impression.ts';

const vocabulary = (...values: readonly string[]): Vocabulary => ({
  ids: new Map(values.map((value, index) => [value, index + 1])),
  size: values.length + 1,
  idf: Float32Array.from([0, ...values.map((_, index) => 1 + index / 2)]),
});

const { columns } = numericKind;
const plain = { log: false, mean: 0, deviation: 1 } as const;
const nothing: FieldsEncoder = { numeric: [], vectors: [], vocabularies: [] };

/** Numbers pass as they are; `kind` and `taste` are the token fields (idf 1, 1.5, 2, ...). */
export const exampleEncoders: Encoders = {
  item: {
    numeric: [
      { name: 'price', columns, encoder: plain, flag: false },
      { name: 'size', columns, encoder: plain, flag: true },
    ],
    vectors: [],
    vocabularies: [
      { name: 'kind', vocabulary: vocabulary('tea', 'coffee') },
      { name: 'taste', vocabulary: vocabulary('sweet', 'bitter', 'sour') },
    ],
  },
  user: { ...nothing, numeric: [{ name: 'age', columns, encoder: plain, flag: true }] },
  ranking: { ...nothing, vocabularies: [{ name: 'query', vocabulary: vocabulary('drinks', 'food') }] },
  rankedItem: { ...nothing, numeric: [{ name: 'relevancy', columns, encoder: plain, flag: false }] },
  itemIds: undefined,
  userIds: new Map(),
};

export const exampleItems: Readonly<Record<string, Fields>> = {
  a: { price: 1, size: 0.5, kind: 'tea', taste: ['sweet', 'bitter'] },
  b: { price: -1, kind: 'tea', taste: ['sweet'] },
  c: { price: 0.5, size: -1, kind: 'coffee', taste: ['bitter', 'sour'] },
  d: { price: 2, kind: 'water', taste: [] },
  e: {},
};

/** One impression; `clicks` gives the time of the click by item. */
export function impression(
  time: number,
  user: string,
  items: readonly string[],
  clicks: Readonly<Record<string, number>> = {},
): Impression {
  const ranked = items.map((id, k) => ({ id, fields: { relevancy: k } }));
  return {
    ranking: { event: 'ranking', id: `${user}@${time}`, time, user, fields: { query: 'drinks' }, items: ranked },
    clickTimesK: Float64Array.from(items, (id) => clicks[id] ?? -1),
  };
}

const MINUTE = 60_000;

/** Random logs in time order: few users, few items, equal times, clicks that come after later lists. */
export const randomLog: fc.Arbitrary<readonly Impression[]> = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 1, MINUTE, 40 * MINUTE, 2000 * MINUTE),
      user: fc.constantFrom('u', 'v', 'w', ''),
      items: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'unheard of'), { minLength: 1, maxLength: 5 }),
      delays: fc.array(fc.constantFrom(-1, -1, 0, 1, MINUTE, 50 * MINUTE), { minLength: 5, maxLength: 5 }),
    }),
    { minLength: 2, maxLength: 25 },
  )
  .map((rows) => {
    let time = 1_600_000_000_000;
    return rows.map(({ gap, user, items, delays }) => {
      time += gap;
      const clicks = items.flatMap((id, k) => (delays[k] >= 0 ? [[id, time + delays[k]] as const] : []));
      return impression(time, user, items, Object.fromEntries(clicks));
    });
  });
