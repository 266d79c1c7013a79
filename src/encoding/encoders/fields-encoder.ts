import { type Fields, type FieldValue, fieldOf } from '../../slate/fields.ts';
import type { NumberColumns } from '../field-kinds/field-kind.ts';
import { age } from '../field-values/time-value.ts';
import type { Field } from '../schema/schema.ts';
import { fieldsWith } from './fields-with.ts';
import { encodeNumber, fitNumeric, type NumericEncoder } from './numeric-encoder.ts';
import { createThinnedSample } from './thinned-sample.ts';
import {
  createVocabulary,
  type Vocabulary,
  type VocabularyJson,
  type VocabularyOptions,
  vocabularyFromJson,
  vocabularyToJson,
} from './vocabulary.ts';

/** Most values of one field that an item, a user or a request is known by: what is beyond costs at every list, and tells little that the frequent ones do not. */
export const BAG_LIMIT = 500;

/** Encodes the fields of one scope: numbers to dense columns, categories and tags to ids. Fitted on the training part, stored with the model. */
export interface FieldsEncoder {
  readonly numeric: readonly NumericField[];
  readonly vectors: readonly { readonly name: string; readonly encoders: readonly NumericEncoder[] }[];
  readonly vocabularies: readonly {
    readonly name: string;
    readonly vocabulary: Vocabulary;
    readonly longBags?: LongBags;
  }[];
}

/** Lists of more values than `BAG_LIMIT`. */
export interface LongBags {
  readonly count: number;
  readonly longest: number;
}

export interface NumericField {
  readonly name: string;
  readonly columns: NumberColumns;
  readonly encoder: NumericEncoder;
  /** Whether a value may be missing: then a column of its own tells. */
  readonly flag: boolean;
}

export interface FieldsFitter {
  observe(fields: Fields): void;
  fit(): FieldsEncoder;
}

export function createFieldsFitter(fields: readonly Field[], options: VocabularyOptions): FieldsFitter {
  const numeric = fieldsWith('number', fields).map(({ name, columns }) => ({
    name,
    columns,
    values: createThinnedSample(),
  }));
  const vectors = fieldsWith('vector', fields).map(({ name, length }) => ({
    name,
    values: Array.from({ length }, () => createThinnedSample()),
  }));
  const tokens = fieldsWith('bag', fields).map(({ name }) => ({
    name,
    counts: new Map<string, DocumentCount>(),
    long: 0,
    longest: 0,
  }));
  let documents = 0;
  return {
    observe(row) {
      documents++;
      for (const field of numeric) {
        const value = field.columns.read(fieldOf(row, field.name));
        if (value !== undefined) field.values.push(value);
      }
      for (const { name, values } of vectors) {
        for (const [at, column] of values.entries()) {
          const value = elementOf(fieldOf(row, name), at);
          if (value !== undefined) column.push(value);
        }
      }
      for (const field of tokens) {
        const value = fieldOf(row, field.name);
        if (value === undefined) continue;
        if (typeof value !== 'object') count(field.counts, String(value));
        else {
          for (const token of value) count(field.counts, String(token));
          if (value.length > BAG_LIMIT) field.long++;
          field.longest = Math.max(field.longest, value.length);
        }
      }
    },
    fit: () => ({
      numeric: numeric.map(({ values, ...field }) => ({
        ...field,
        encoder: fitNumeric(values.values),
        flag: values.count < documents,
      })),
      vectors: vectors.map(({ name, values }) => ({
        name,
        encoders: values.map((column) => fitNumeric(column.values)),
      })),
      vocabularies: tokens.map(({ name, counts, long, longest }) => ({
        name,
        vocabulary: createVocabulary(
          new Map([...counts].map(([token, { count }]) => [token, count])),
          documents,
          options,
        ),
        ...(long > 0 ? { longBags: { count: long, longest } } : {}),
      })),
    }),
  };

  function count(counts: Map<string, DocumentCount>, token: string): void {
    const known = counts.get(token);
    if (!known) counts.set(token, { count: 1, last: documents });
    else if (known.last !== documents) {
      known.count++;
      known.last = documents;
    }
  }
}

interface DocumentCount {
  /** Documents that carry the token, each once. */
  count: number;
  /** The last of them. */
  last: number;
}

/** Names of the dense columns, in the order that `encodeDense` writes them. */
export function denseNames({ numeric, vectors }: FieldsEncoder): readonly string[] {
  return [
    ...numeric.map(({ name }) => name),
    ...numeric.filter(({ flag }) => flag).map(({ name }) => `${name} missing`),
    ...vectors.flatMap(({ name, encoders }) => encoders.map((_, at) => `${name}[${at}]`)),
  ];
}

export function encodeDense(encoder: FieldsEncoder, fields: Fields): number[] {
  const row: number[] = [];
  writeDense(row, 0, encoder, fields);
  return row;
}

// Innermost loops: plain arguments, and nothing is allocated.

/** Writes the dense columns of one row from `start` on. */
export function writeDense(
  row: Float64Array | number[],
  start: number,
  { numeric, vectors }: FieldsEncoder,
  fields: Fields,
): void {
  let at = start;
  let flagAt = start + numeric.length;
  for (const field of numeric) {
    const value = field.columns.read(fieldOf(fields, field.name));
    row[at++] = encodeNumber(field.encoder, value);
    if (field.flag) row[flagAt++] = value === undefined ? 1 : 0;
  }
  at = flagAt;
  for (const { name, encoders } of vectors) {
    const value = fieldOf(fields, name);
    for (let element = 0; element < encoders.length; element++)
      row[at++] = encodeNumber(encoders[element], elementOf(value, element));
  }
}

/** Ids of one field's values, each once; [0] where the field has values but none is known, [] where it is absent. Of more than `BAG_LIMIT` known ones the most frequent. */
export function encodeTokens(vocabulary: Vocabulary, value: FieldValue | undefined): number[] {
  if (value === undefined) return [];
  if (typeof value !== 'object') return [vocabulary.ids.get(String(value)) ?? 0];
  if (value.length > BAG_LIMIT) {
    const frequent = mostFrequent(vocabulary, value);
    if (frequent.length > BAG_LIMIT) return frequent.slice(0, BAG_LIMIT);
  }
  const ids = new Set<number>();
  for (const token of value) ids.add(vocabulary.ids.get(String(token)) ?? 0);
  if (ids.size > 1) ids.delete(0);
  return [...ids];
}

/** Ids of the known values, each once, most frequent first: one more than `BAG_LIMIT` at most. */
function mostFrequent(vocabulary: Vocabulary, value: readonly (string | number)[]): number[] {
  const sorted = Int32Array.from(value, (token: string | number) => vocabulary.ids.get(String(token)) ?? 0).sort();
  const ids: number[] = [];
  for (let at = 0; at < sorted.length && ids.length <= BAG_LIMIT; at++) {
    if (sorted[at] > 0 && (at === 0 || sorted[at] !== sorted[at - 1])) ids.push(sorted[at]);
  }
  return ids;
}

/** Names of the columns that `encodeAges` writes. */
export const ageNames = ({ numeric }: FieldsEncoder): readonly string[] =>
  numeric.filter(({ columns }) => columns.hasAge).map(({ name }) => `age of ${name}`);

/** Ages, at an impression, of the fields that have one. */
export function encodeAges(encoder: FieldsEncoder, fields: Fields, now: number): number[] {
  const row: number[] = [];
  writeAges(row, 0, { encoder, fields, now });
  return row;
}

/** Writes the ages of one row from `start` on. */
export function writeAges(
  row: Float64Array | number[],
  start: number,
  { encoder, fields, now }: { readonly encoder: FieldsEncoder; readonly fields: Fields; readonly now: number },
): void {
  let at = start;
  for (const { name, columns } of encoder.numeric)
    if (columns.hasAge) row[at++] = age(columns.read(fieldOf(fields, name)), now);
}

const elementOf = (value: FieldValue | undefined, at: number): number | undefined => {
  const element = typeof value === 'object' ? value[at] : undefined;
  return typeof element === 'number' ? element : undefined;
};

/** As it is stored: what a field's kind says of its columns is read from the schema, which is stored beside it. */
export interface FieldsEncoderJson {
  readonly numeric: readonly (Omit<NumericField, 'columns'> & { readonly time?: true })[];
  readonly vectors: FieldsEncoder['vectors'];
  readonly vocabularies: readonly {
    readonly name: string;
    readonly vocabulary: VocabularyJson;
    readonly longBags?: LongBags;
  }[];
}

export const fieldsEncoderToJson = (encoder: FieldsEncoder): FieldsEncoderJson => ({
  // `time` tells nothing that the schema does not; it stays so that a model's stored form, and the mark that snapshots bear of it, do.
  numeric: encoder.numeric.map(({ name, columns, encoder, flag }) =>
    columns.hasAge ? { name, time: true, encoder, flag } : { name, encoder, flag },
  ),
  vectors: encoder.vectors,
  vocabularies: encoder.vocabularies.map((field) => ({ ...field, vocabulary: vocabularyToJson(field.vocabulary) })),
});

/** `fields` are those of the schema that it was fitted with. Throws where they lack one of its numbers. */
export function fieldsEncoderFromJson(json: FieldsEncoderJson, fields: readonly Field[]): FieldsEncoder {
  const columns = new Map(fieldsWith('number', fields).map((field) => [field.name, field.columns]));
  const columnsOf = (name: string): NumberColumns => {
    const found = columns.get(name);
    if (found) return found;
    throw new RangeError(`encoders: expected a number field of the schema, found "${name}"; train again`);
  };
  return {
    numeric: json.numeric.map(({ name, encoder, flag }) => ({ name, columns: columnsOf(name), encoder, flag })),
    vectors: json.vectors,
    vocabularies: json.vocabularies.map((field) => ({ ...field, vocabulary: vocabularyFromJson(field.vocabulary) })),
  };
}
