import type { DescribeItem } from '../../memory/item-version.ts';
import { fieldOf } from '../../slate/fields.ts';
import { denseNames, encodeDense, encodeTokens, type FieldsEncoder } from './fields-encoder.ts';

/** Items' metadata as numbers, and the names of the columns that they fill. */
export interface ItemEncoder {
  readonly describe: DescribeItem;
  readonly denseNames: readonly string[];
  /** How many of the dense columns, the first ones, are the items' own numbers; flags and vectors follow. */
  readonly numbers: number;
  /** One per bag of an item version. */
  readonly vocabularySizes: readonly { readonly name: string; readonly size: number }[];
  /** The fields whose values are `ItemVersion.tokens`, in the order of `ItemVersion.tokenStarts`. */
  readonly tokenFields: readonly string[];
  /** Tokens are below this number. */
  readonly tokenCount: number;
}

export interface ItemEncoderOptions {
  readonly encoder: FieldsEncoder;
  /** Ids that have an embedding of their own; undefined: no id embedding. */
  readonly ids: ReadonlyMap<string, number> | undefined;
}

export function createItemEncoder({ encoder, ids }: ItemEncoderOptions): ItemEncoder {
  const vocabularies = encoder.vocabularies.map(({ vocabulary }) => vocabulary);
  const starts = vocabularies.map((_, at) => vocabularies.slice(0, at).reduce((sum, { size }) => sum + size, 0));
  return {
    denseNames: denseNames(encoder),
    numbers: encoder.numeric.length,
    vocabularySizes: [
      ...encoder.vocabularies.map(({ name, vocabulary }) => ({ name, size: vocabulary.size })),
      ...(ids ? [{ name: 'id', size: ids.size + 1 }] : []),
    ],
    tokenFields: encoder.vocabularies.map(({ name }) => name),
    tokenCount: vocabularies.reduce((sum, { size }) => sum + size, 0),
    describe({ index, id, fields }) {
      const tokens: number[] = [];
      const weights: number[] = [];
      const tokenStarts = [0];
      const bags: (readonly number[])[] = [];
      for (const [at, { name, vocabulary }] of encoder.vocabularies.entries()) {
        const found = encodeTokens(vocabulary, fieldOf(fields, name));
        bags.push(found);
        for (const token of found) {
          if (token === 0) continue;
          tokens.push(starts[at] + token);
          weights.push(vocabulary.idf[token]);
        }
        tokenStarts.push(tokens.length);
      }
      if (ids) bags.push([ids.get(id) ?? 0]);
      const norm = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
      return {
        item: index,
        dense: encodeDense(encoder, fields),
        tokens,
        tokenWeights: weights.map((weight) => weight / norm),
        tokenStarts,
        bags,
        fields,
      };
    },
  };
}
