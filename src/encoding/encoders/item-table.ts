import { type Fields, type FieldUpdates, fieldOf, mergeFields, noFields } from '../../slate/fields.ts';
import type { Bags, EncodedItems } from '../columns/encoded-slates.ts';
import { growableFloats, growableIntegers } from '../columns/growable.ts';
import { denseNames, encodeDense, encodeTokens, type FieldsEncoder } from './fields-encoder.ts';

/** One version of an item's metadata, encoded. */
export interface ItemRow {
  /** Row in `EncodedItems`. */
  readonly row: number;
  readonly dense: readonly number[];
  /** Ids over all vocabularies end to end, without unknown values. */
  readonly tokens: readonly number[];
  /** Inverse-document-frequency weights of the tokens, scaled to a unit vector. */
  readonly tokenWeights: readonly number[];
  /** Where each vocabulary's tokens begin in `tokens`; one more entry than vocabularies. */
  readonly tokenStarts: readonly number[];
  /** As they were given: what an age at an impression is computed from. */
  readonly fields: Fields;
}

/** Items by index, with their current metadata; every version that an impression was shown with is a row of its own. */
export interface ItemTable {
  /** Index of an item id, a new one at first sight. */
  indexOf(id: string): number;
  /** Fields that the update does not name stay as they are. */
  mergeFields(id: string, update: FieldUpdates): void;
  current(item: number): ItemRow;
  readonly denseNames: readonly string[];
  /** How many of the dense columns, the first ones, are the items' own numbers; flags and vectors follow. */
  readonly numbers: number;
  readonly vocabularySizes: readonly { readonly name: string; readonly size: number }[];
  /** The fields whose values are `ItemRow.tokens`, in the order of `ItemRow.tokenStarts`. */
  readonly tokenFields: readonly string[];
  /** Tokens are below this number. */
  readonly tokenCount: number;
  /** All rows so far, as views: rows are only ever appended, so nothing is copied. */
  encoded(): EncodedItems;
  /** Items so far. */
  readonly size: number;
  /** Current metadata of all items by id, to store with a model. */
  entries(): readonly (readonly [string, Fields])[];
}

export interface ItemTableOptions {
  readonly encoder: FieldsEncoder;
  /** Ids that have an embedding of their own; undefined: no id embedding. */
  readonly ids: ReadonlyMap<string, number> | undefined;
}

export function createItemTable({ encoder, ids }: ItemTableOptions): ItemTable {
  const names: string[] = [];
  const indices = new Map<string, number>();
  const fieldsOf: Fields[] = [];
  const rows: (ItemRow | undefined)[] = [];
  const dense = growableFloats();
  const itemOfRow = growableIntegers();
  const vocabularies = encoder.vocabularies.map(({ vocabulary }) => vocabulary);
  const bags = Array.from({ length: vocabularies.length + (ids ? 1 : 0) }, () => {
    const offsets = growableIntegers();
    offsets.push(0);
    return { offsets, ids: growableIntegers() };
  });
  const starts = vocabularies.map((_, at) => vocabularies.slice(0, at).reduce((sum, { size }) => sum + size, 0));
  let count = 0;

  const table: ItemTable = {
    indexOf(id) {
      const known = indices.get(id);
      if (known !== undefined) return known;
      indices.set(id, names.length);
      names.push(id);
      fieldsOf.push(noFields);
      rows.push(undefined);
      return names.length - 1;
    },
    mergeFields(id, update) {
      const item = table.indexOf(id);
      fieldsOf[item] = mergeFields(fieldsOf[item], update);
      rows[item] = undefined;
    },
    current(item) {
      const known = rows[item];
      if (known) return known;
      const fresh = encodeRow(item);
      rows[item] = fresh;
      return fresh;
    },
    get size() {
      return names.length;
    },
    denseNames: denseNames(encoder),
    numbers: encoder.numeric.length,
    vocabularySizes: [
      ...encoder.vocabularies.map(({ name, vocabulary }) => ({ name, size: vocabulary.size })),
      ...(ids ? [{ name: 'id', size: ids.size + 1 }] : []),
    ],
    tokenFields: encoder.vocabularies.map(({ name }) => name),
    tokenCount: vocabularies.reduce((sum, { size }) => sum + size, 0),
    encoded: () => ({
      count,
      itemR: itemOfRow.view(),
      denseRF: dense.view(),
      bags: bags.map((bag): Bags => ({ offsets: bag.offsets.view(), ids: bag.ids.view() })),
    }),
    entries: () => names.map((name, item) => [name, fieldsOf[item]] as const),
  };
  return table;

  function encodeRow(item: number): ItemRow {
    const fields = fieldsOf[item];
    const denseRow = encodeDense(encoder, fields);
    dense.pushAll(denseRow);
    itemOfRow.push(item);
    const tokens: number[] = [];
    const weights: number[] = [];
    const tokenStarts = [0];
    for (const [at, { name, vocabulary }] of encoder.vocabularies.entries()) {
      const found = encodeTokens(vocabulary, fieldOf(fields, name));
      bags[at].ids.pushAll(found);
      bags[at].offsets.push(bags[at].ids.length);
      for (const id of found) {
        if (id === 0) continue;
        tokens.push(starts[at] + id);
        weights.push(vocabulary.idf[id]);
      }
      tokenStarts.push(tokens.length);
    }
    if (ids) {
      const bag = bags[vocabularies.length];
      bag.ids.push(ids.get(names[item]) ?? 0);
      bag.offsets.push(bag.ids.length);
    }
    const norm = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
    return {
      row: count++,
      dense: denseRow,
      tokens,
      tokenWeights: weights.map((weight) => weight / norm),
      tokenStarts,
      fields,
    };
  }
}
