import { type Fields, type FieldValue, fieldOf } from '../../slate/fields.ts';
import type { Field } from '../schema/schema.ts';
import { encodeNumber, fitNumeric, type NumericEncoder } from './numeric-encoder.ts';
import { createThinnedSample } from './thinned-sample.ts';
import { age, timeOf } from './time-value.ts';
import {
  createVocabulary,
  type Vocabulary,
  type VocabularyJson,
  type VocabularyOptions,
  vocabularyFromJson,
  vocabularyToJson,
} from './vocabulary.ts';

/** Encodes the fields of one scope: numbers to dense columns, categories and tags to ids. Fitted on the training part, stored with the model. */
export interface FieldsEncoder {
  readonly numeric: readonly NumericField[];
  readonly vectors: readonly { readonly name: string; readonly encoders: readonly NumericEncoder[] }[];
  readonly vocabularies: readonly { readonly name: string; readonly vocabulary: Vocabulary }[];
}

export interface NumericField {
  readonly name: string;
  readonly encoder: NumericEncoder;
  /** Whether a value may be missing: then a column of its own tells. */
  readonly flag: boolean;
  /** Dates and epoch milliseconds: a number, and an age at each impression. */
  readonly time?: true;
}

export interface FieldsFitter {
  observe(fields: Fields): void;
  fit(): FieldsEncoder;
}

export function createFieldsFitter(fields: readonly Field[], options: VocabularyOptions): FieldsFitter {
  const numeric = fields
    .filter(({ kind }) => kind === 'numeric' || kind === 'time')
    .map(({ name, kind }) => ({
      name,
      values: createThinnedSample(),
      ...(kind === 'time' ? { time: true as const } : {}),
    }));
  const vectors = fields
    .filter(({ kind }) => kind === 'vector')
    .map(({ name, length = 0 }) => ({ name, values: Array.from({ length }, () => createThinnedSample()) }));
  const tokens = fields
    .filter(({ kind }) => kind === 'category' || kind === 'tags')
    .map(({ name }) => ({ name, counts: new Map<string, number>() }));
  let documents = 0;
  return {
    observe(row) {
      documents++;
      for (const field of numeric) {
        const value = numberOf(field, row);
        if (value !== undefined) field.values.push(value);
      }
      for (const { name, values } of vectors) {
        for (const [at, column] of values.entries()) {
          const value = elementOf(fieldOf(row, name), at);
          if (value !== undefined) column.push(value);
        }
      }
      for (const { name, counts } of tokens) {
        const value = fieldOf(row, name);
        if (value === undefined) continue;
        for (const token of typeof value === 'object' ? new Set(tokensOf(value)) : [String(value)])
          counts.set(token, (counts.get(token) ?? 0) + 1);
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
      vocabularies: tokens.map(({ name, counts }) => ({
        name,
        vocabulary: createVocabulary(counts, documents, options),
      })),
    }),
  };
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
    const value = numberOf(field, fields);
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

/** Ids of one field's values, each once; [0] where the field has values but none is known, [] where it is absent. */
export function encodeTokens(vocabulary: Vocabulary, value: FieldValue | undefined): number[] {
  if (value === undefined) return [];
  if (typeof value !== 'object') return [vocabulary.ids.get(String(value)) ?? 0];
  const tokens = tokensOf(value);
  const ids = new Set<number>();
  for (const token of tokens) ids.add(vocabulary.ids.get(token) ?? 0);
  if (ids.size > 1) ids.delete(0);
  return [...ids];
}

/** Names of the columns that `encodeAges` writes. */
export const ageNames = ({ numeric }: FieldsEncoder): readonly string[] =>
  numeric.filter(({ time }) => time).map(({ name }) => `age of ${name}`);

/** Ages of the time fields at an impression. */
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
  for (const { name, time } of encoder.numeric) if (time) row[at++] = age(timeOf(fieldOf(fields, name)), now);
}

function numberOf(field: { readonly name: string; readonly time?: true }, fields: Fields): number | undefined {
  const value = fieldOf(fields, field.name);
  if (field.time) return timeOf(value);
  return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : undefined;
}

const elementOf = (value: FieldValue | undefined, at: number): number | undefined => {
  const element = typeof value === 'object' ? value[at] : undefined;
  return typeof element === 'number' ? element : undefined;
};

const tokensOf = (value: FieldValue | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'object' ? value.map(String) : [String(value)];

export interface FieldsEncoderJson {
  readonly numeric: FieldsEncoder['numeric'];
  readonly vectors: FieldsEncoder['vectors'];
  readonly vocabularies: readonly { readonly name: string; readonly vocabulary: VocabularyJson }[];
}

export const fieldsEncoderToJson = (encoder: FieldsEncoder): FieldsEncoderJson => ({
  ...encoder,
  vocabularies: encoder.vocabularies.map(({ name, vocabulary }) => ({
    name,
    vocabulary: vocabularyToJson(vocabulary),
  })),
});

export const fieldsEncoderFromJson = (json: FieldsEncoderJson): FieldsEncoder => ({
  ...json,
  vocabularies: json.vocabularies.map(({ name, vocabulary }) => ({ name, vocabulary: vocabularyFromJson(vocabulary) })),
});
