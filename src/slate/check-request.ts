import type { RankedItem, RankingEvent } from './events.ts';
import { isFieldValue, mergeFields, noFields } from './fields.ts';
import { InputError } from './input-error.ts';
import { unknownName } from './nearest-name.ts';
import { REQUEST_ITEM_KEYS, REQUEST_KEYS } from './odd-names.ts';
import { isRow } from './plain-record.ts';
import { foundInstead } from './rejected-event.ts';
import { requestName } from './request-name.ts';
import { timeFault } from './times.ts';

/** Throws `InputError` where no list of requests is asked: mostly it is one request. */
export function checkRequestList(requests: unknown): asserts requests is readonly unknown[] {
  if (!Array.isArray(requests))
    throw new InputError(
      `score: expected a list of requests, ${foundInstead(requests, 'give [request]')}`,
      'invalid-request',
    );
}

/** Throws `InputError` where a request that came from code, not from a file, is none. */
export function checkRequest(request: RankingEvent): void {
  if (!isRow(request)) fail('a request', 'an object with "id", "time", "user", "fields" and "items"', request);
  const { id, time, user, items } = request as Partial<RankingEvent>;
  if (typeof id !== 'string' || id === '') fail('a request', 'an "id", a string that is not empty', id);
  const where = requestName(id);
  refuseUnknownKeys(request, REQUEST_KEYS, where);
  const fault = timeFault(time);
  if (fault) fail(where, fault.expected, time, fault.remedy);
  if (typeof user !== 'string') fail(where, '"user" to be a string, empty for nobody known', user);
  checkFields(request.fields, () => where);
  checkOptionals(request, OPTIONAL, () => where);
  if (!Array.isArray(items) || items.length === 0) fail(where, 'at least one item in "items"', items);
  const ids = new Set<string>();
  for (let k = 0; k < items.length; k++) {
    checkItem(items[k], where, k);
    if (ids.has(items[k].id)) fail(`${where}, item ${k}`, 'every item once', items[k].id);
    ids.add(items[k].id);
  }
}

function checkItem(item: RankedItem, where: string, k: number): void {
  // Written once a fault is found: there are many items, and hardly any faults.
  const at = (): string => `${where}, item ${k}`;
  if (!isRow(item) || typeof item.id !== 'string' || item.id === '')
    fail(at(), 'an object with "id", a string that is not empty', item);
  refuseUnknownKeys(item, REQUEST_ITEM_KEYS, at);
  checkFields(item.fields, at);
  checkOptionals(item, OPTIONAL_OF_ITEM, at);
}

/** A key that may be left out. */
interface Optional {
  readonly key: string;
  readonly expected: string;
  readonly isSound: (value: unknown) => boolean;
}

const wholeFrom = (first: number, key: string): Optional => ({
  key,
  expected: `"${key}" to be a whole number from ${first}`,
  isSound: (value) => Number.isInteger(value) && (value as number) >= first,
});

const textual = (key: string): Optional => ({
  key,
  expected: `"${key}" to be a string`,
  isSound: (value) => typeof value === 'string',
});

const probability = (key: string): Optional => ({
  key,
  expected: `"${key}" above 0 and at most 1`,
  isSound: (value) => typeof value === 'number' && value > 0 && value <= 1,
});

const OPTIONAL: readonly Optional[] = [
  ...['session', 'surface', 'variant', 'policy'].map(textual),
  { key: 'propensity', expected: '"propensity" to be a number', isSound: Number.isFinite },
  wholeFrom(1, 'size'),
  {
    key: 'deadline',
    expected: '"deadline" to be milliseconds from 0',
    isSound: (value) => Number.isFinite(value) && (value as number) >= 0,
  },
];

const OPTIONAL_OF_ITEM: readonly Optional[] = [
  ...['position', 'row', 'col'].map((key) => wholeFrom(0, key)),
  ...['propensity', 'placePropensity'].map(probability),
];

function checkOptionals(object: object, optionals: readonly Optional[], where: () => string): void {
  for (const { key, expected, isSound } of optionals) {
    const value = (object as Readonly<Record<string, unknown>>)[key];
    if (value !== undefined && !isSound(value)) fail(where(), expected, value);
  }
}

/** Throws `InputError` for a key that nothing reads: a misspelt one would be passed over in silence. */
export function refuseUnknownKeys(object: object, known: ReadonlySet<string>, where: string | (() => string)): void {
  for (const key of Object.keys(object)) {
    if (known.has(key) || (object as Readonly<Record<string, unknown>>)[key] === undefined) continue;
    throw new InputError(
      `${typeof where === 'string' ? where : where()}: ${unknownName(key, [...known], 'what is to be known of it is a field')}`,
      'unknown-key',
    );
  }
}

function checkFields(fields: unknown, where: () => string): void {
  if (fields === noFields) return;
  if (!isRow(fields)) fail(`${where()}, "fields"`, 'an object of values by name, such as {}', fields);
  for (const [name, value] of Object.entries(fields)) {
    if (!isFieldValue(value))
      fail(
        `${where()}, "fields", "${name}"`,
        'a finite number, a string, a boolean or a list, of strings or of numbers',
        value,
      );
  }
}

function fail(where: string, expected: string, found: unknown, remedy = 'mend the request'): never {
  throw new InputError(`${where}: expected ${expected}, ${foundInstead(found, remedy)}`, 'invalid-request');
}

/** A request of its own: whoever asked may change what it gave before the answer comes. */
export const copyOfRequest = (request: RankingEvent): RankingEvent => ({
  ...request,
  fields: mergeFields(noFields, request.fields),
  items: request.items.map((item) => ({ ...item, fields: mergeFields(noFields, item.fields) })),
});
