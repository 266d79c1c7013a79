/** Fields that are no longer what they were when a model was trained: their values count as missing, or as unknown, and nothing else would say so. */
import type { LogEvent } from '../../slate/events.ts';
import { type FieldUpdates, type FieldValue, fieldOf } from '../../slate/fields.ts';
import type { FieldScope } from '../field-values/field-statistics.ts';
import { standsForNone } from '../field-values/text-number.ts';
import type { FeatureSchema } from '../schema/schema.ts';
import type { Encoders } from './encoders.ts';
import type { FieldsEncoder } from './fields-encoder.ts';
import { fieldsWith } from './fields-with.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One field that has changed, and in how many of the events of its scope. */
export interface ChangedField {
  /** Such as `item.price`. */
  readonly field: string;
  readonly change: 'another kind' | 'gone' | 'unknown values';
  readonly count: number;
  readonly total: number;
  readonly note: string;
}

export interface FieldWatch {
  observe(scope: FieldScope, fields: FieldUpdates): void;
  /** In the order of the scopes and of the schema. */
  changed(): readonly ChangedField[];
}

interface Tally {
  readonly field: string;
  readonly expected: string;
  readonly isKind: (value: FieldValue) => boolean;
  readonly isKnown: (value: FieldValue) => boolean;
  /** Share of the training part's items, users or requests that had a known value, as far as it can be told; else 0. */
  readonly knownBefore: number;
  present: number;
  otherKind: number;
  unknown: number;
  example: string;
}

/** A share of values of another kind, or of unknown ones beyond those of the training part, that is told. */
const OTHER_KIND = 0.05;
const UNKNOWN = 0.2;
/** Events from which a field that none has is gone, of those whose updates may name only some fields; and where it may have been rare before. */
const FEW = 20;
const MANY = 100;

const scopes = ['item', 'user', 'ranking', 'rankedItem'] as const;

export function watchFields(schema: FeatureSchema, encoders: Encoders): FieldWatch {
  const watched = Object.fromEntries(
    scopes.map((scope) => [scope, { total: 0, tallies: talliesOf(scope, schema, encoders[scope]) }]),
  );
  return {
    observe(scope, fields) {
      const { tallies } = watched[scope];
      const named = tallies.filter(({ name }) => (fieldOf(fields, name) ?? null) !== null);
      // An update of some fields says nothing of the others.
      const isWhole = scope === 'ranking' || scope === 'rankedItem' || 2 * named.length >= tallies.length;
      if (isWhole) watched[scope].total++;
      for (const { name, tally } of named) count(tally, fieldOf(fields, name) as FieldValue);
    },
    changed: () =>
      scopes.flatMap((scope) => {
        const { total, tallies } = watched[scope];
        return tallies.flatMap(({ tally }) => changeOf(tally, Math.max(total, tally.present), scope) ?? []);
      }),
  };
}

/** Counts all fields of an event; those of interactions are nobody's. */
export function watchEvent(watch: FieldWatch, event: LogEvent): void {
  if (event.event === 'interaction') return;
  watch.observe(event.event, event.fields);
  if (event.event === 'ranking') for (const { fields } of event.items) watch.observe('rankedItem', fields);
}

function count(tally: Tally, value: FieldValue): void {
  // What exporters write for nothing is nothing.
  if (typeof value === 'string' && standsForNone(value)) return;
  tally.present++;
  const isKind = tally.isKind(value);
  if (!isKind) tally.otherKind++;
  const isUnknown = isKind && !tally.isKnown(value);
  if (isUnknown) tally.unknown++;
  if (tally.example === '' && (!isKind || isUnknown)) tally.example = JSON.stringify(value).slice(0, 40);
}

function changeOf(tally: Tally, total: number, scope: FieldScope): ChangedField | undefined {
  const { field, expected, present, otherKind, unknown, example, knownBefore } = tally;
  const events = EVENTS[scope];
  const told = (change: ChangedField['change'], counted: number, note: string): ChangedField => ({
    field,
    change,
    count: counted,
    total,
    note: `${field}: expected ${expected}, as in training, found ${note}`,
  });
  const isTelling = (scope === 'ranking' || scope === 'rankedItem' || total >= FEW) && knownBefore >= 1 - UNKNOWN;
  if (present === 0 && total > 0 && (isTelling || total >= MANY))
    return told('gone', total, `it in none of ${total} ${events}; it counts as missing`);
  if (otherKind > OTHER_KIND * present)
    return told(
      'another kind',
      otherKind,
      `another kind in ${otherKind} of ${present} ${events}, such as ${example}; these count as missing`,
    );
  // Rare values are unknown to begin with.
  const isNew = unknown > UNKNOWN * present && (present - unknown) / total < (1 - UNKNOWN) * (knownBefore || 1);
  if (isNew)
    return told(
      'unknown values',
      unknown,
      `unknown ones in ${unknown} of ${present} ${events}, such as ${example}; these are all alike to the model`,
    );
  return undefined;
}

const EVENTS: Readonly<Record<FieldScope, string>> = {
  item: 'items',
  user: 'users',
  ranking: 'requests',
  rankedItem: 'items of requests',
};

function talliesOf(
  scope: FieldScope,
  schema: FeatureSchema,
  { numeric, vectors, vocabularies }: FieldsEncoder,
): readonly { readonly name: string; readonly tally: Tally }[] {
  const bags = fieldsWith('bag', schema[scope]);
  const single = new Set(bags.filter(({ columns }) => columns.single).map(({ name }) => name));
  const start = { present: 0, otherKind: 0, unknown: 0, example: '' };
  const any = (): boolean => true;
  const tallyOf = (name: string, rest: Omit<Tally, 'field' | keyof typeof start>) => ({
    name,
    tally: { field: `${scope}.${name}`, ...rest, ...start },
  });
  return [
    ...numeric.map(({ name, columns, flag }) =>
      tallyOf(name, {
        expected: columns.values,
        isKind: (value) => columns.read(value) !== undefined,
        isKnown: any,
        knownBefore: flag ? 0 : 1,
      }),
    ),
    ...vectors.map(({ name, encoders }) =>
      tallyOf(name, {
        expected: `lists of ${encoders.length} numbers`,
        isKind: (value) =>
          typeof value === 'object' &&
          value.length === encoders.length &&
          value.every((each) => typeof each === 'number'),
        isKnown: any,
        knownBefore: 0,
      }),
    ),
    ...vocabularies.map(({ name, vocabulary }) =>
      tallyOf(name, {
        expected: 'values that are known',
        isKind: any,
        isKnown: (value) =>
          typeof value === 'object'
            ? value.length === 0 || value.some((each) => vocabulary.ids.has(String(each)))
            : vocabulary.ids.has(String(value)),
        knownBefore: single.has(name) ? knownShare(vocabulary) : 0,
      }),
    ),
  ];
}

/** From the inverse document frequencies, log(1 + documents / count), of a field of which each document has one value. */
const knownShare = ({ idf }: Vocabulary): number =>
  idf.subarray(1).reduce((sum, value) => sum + 1 / Math.expm1(value), 0);
