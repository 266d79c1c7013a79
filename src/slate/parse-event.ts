import type { InteractionEvent, ItemEvent, LogEvent, RankedItem, RankingEvent, UserEvent } from './events.ts';
import { type Fields, type FieldUpdates, type FieldValue, newFields } from './fields.ts';

/**
 * A line of the log that cannot be used: a stable reason to count by, and a sentence for people.
 *
 * Checked by hand rather than by a schema library: this runs once per line of logs with many millions of lines.
 */
export class RejectedEvent extends Error {
  override readonly name = 'RejectedEvent';
  readonly reason: RejectReason;

  constructor(reason: RejectReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export type RejectReason =
  | 'not-json'
  | 'broken-utf8'
  | 'line-too-long'
  | 'unknown-event'
  | 'missing-field'
  | 'bad-timestamp'
  | 'bad-value'
  | 'empty-slate'
  | 'item-twice-in-slate'
  | 'duplicate-list'
  | 'unknown-list'
  | 'item-not-in-list'
  | 'late-interaction'
  | 'out-of-order'
  | 'interaction-before-list';

type Json = Readonly<Record<string, unknown>>;

/** Reads one event of Metarank's form and its optional extensions. Throws `RejectedEvent`. */
export function parseEvent(json: unknown): LogEvent {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new RejectedEvent('unknown-event', `expected a JSON object with "event", found ${show(json)}`);
  }
  const raw = json as Json;
  switch (raw.event) {
    case 'item':
      return itemEvent(raw);
    case 'user':
      return userEvent(raw);
    case 'ranking':
      return rankingEvent(raw);
    case 'interaction':
      return interactionEvent(raw);
    default:
      throw new RejectedEvent(
        'unknown-event',
        `expected "event" to be item, user, ranking or interaction, found ${show(raw.event)}`,
      );
  }
}

const itemEvent = (raw: Json): ItemEvent => ({
  event: 'item',
  item: text(raw, 'item'),
  time: timestamp(raw),
  fields: updatesOf(raw.fields),
});

const userEvent = (raw: Json): UserEvent => ({
  event: 'user',
  user: text(raw, 'user'),
  time: timestamp(raw),
  fields: updatesOf(raw.fields),
});

const interactionEvent = (raw: Json): InteractionEvent => ({
  event: 'interaction',
  ranking: text(raw, 'ranking'),
  time: timestamp(raw),
  user: optionalText(raw, 'user') ?? '',
  item: text(raw, 'item'),
  type: text(raw, 'type'),
});

function rankingEvent(raw: Json): RankingEvent {
  const list = raw.items;
  if (!Array.isArray(list))
    throw new RejectedEvent('missing-field', `expected "items" to be a list, found ${show(list)}`);
  if (list.length === 0) throw new RejectedEvent('empty-slate', 'expected at least one item in "items", found none');
  const items = list.map(rankedItem);
  const ids = new Set<string>();
  for (const { id } of items) {
    if (ids.has(id))
      throw new RejectedEvent('item-twice-in-slate', `expected every item once, found "${id}" twice in "items"`);
    ids.add(id);
  }
  return {
    event: 'ranking',
    id: text(raw, 'id'),
    time: timestamp(raw),
    user: optionalText(raw, 'user') ?? '',
    ...present('session', optionalText(raw, 'session')),
    ...present('surface', optionalText(raw, 'surface')),
    ...present('variant', optionalText(raw, 'variant')),
    ...present('policy', optionalText(raw, 'policy')),
    ...present('propensity', optionalNumber(raw, 'propensity')),
    fields: fieldsOf(raw.fields),
    items,
    ...present('size', optionalSize(raw)),
    ...present('deadline', optionalDeadline(raw)),
    ...present('rules', raw.rules ?? undefined),
  };
}

function rankedItem(value: unknown): RankedItem {
  if (typeof value !== 'object' || value === null) {
    throw new RejectedEvent(
      'missing-field',
      `expected every entry of "items" to be an object with "id", found ${show(value)}`,
    );
  }
  const raw = value as Json;
  return {
    id: text(raw, 'id'),
    fields: fieldsOf(raw.fields),
    ...present('position', optionalPlace(raw, 'position')),
    ...present('row', optionalPlace(raw, 'row')),
    ...present('col', optionalPlace(raw, 'col')),
    ...present('propensity', optionalProbability(raw, 'propensity')),
    ...present('placePropensity', optionalProbability(raw, 'placePropensity')),
  };
}

/** `[{name, value}]` as a record, in which null (or no value) deletes a field. */
function updatesOf(raw: unknown): FieldUpdates {
  const fields = newFields<FieldValue | null>();
  readFields(raw, (name, value) => {
    fields[name] = value ?? null;
  });
  return fields;
}

/** The same of a list or of an item shown in it, where nothing was known before: null counts as absent. */
function fieldsOf(raw: unknown): Fields {
  const fields = newFields<FieldValue>();
  readFields(raw, (name, value) => {
    if (value !== undefined) fields[name] = value;
  });
  return fields;
}

function readFields(raw: unknown, take: (name: string, value: FieldValue | undefined) => void): void {
  if (raw === undefined || raw === null) return;
  if (!Array.isArray(raw))
    throw new RejectedEvent('bad-value', `expected "fields" to be a list of {name, value}, found ${show(raw)}`);
  for (const entry of raw as Json[]) {
    const name = entry?.name;
    if (typeof name !== 'string' || name === '') {
      throw new RejectedEvent('bad-value', `expected every field to have a "name", found ${show(entry)}`);
    }
    const value = entry.value;
    take(name, value === null || value === undefined ? undefined : fieldValue(name, value));
  }
}

function fieldValue(name: string, value: unknown): FieldValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return finite(name, value);
  if (Array.isArray(value)) {
    if (value.every((element) => typeof element === 'string')) return value;
    if (value.every((element) => typeof element === 'number')) return value.map((element) => finite(name, element));
  }
  throw new RejectedEvent(
    'bad-value',
    `expected field "${name}" to be a number, string, boolean or a list of numbers or of strings, found ${show(value)}`,
  );
}

function finite(name: string, value: number): number {
  if (!Number.isFinite(value))
    throw new RejectedEvent('bad-value', `expected field "${name}" to be finite, found ${value}`);
  return value;
}

/** The year 2200. Nobody shows lists so late, but microseconds and nanoseconds of any year since 1970 are later: all of them but those of its first weeks. */
const END = Date.UTC(2200, 0, 1);

/** Milliseconds since 1970; any time from 0 on, so that made-up logs may start there. */
function timestamp(raw: Json): number {
  const value = raw.timestamp;
  const time = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof time !== 'number' || !Number.isFinite(time) || time < 0) {
    throw new RejectedEvent('bad-timestamp', `expected "timestamp" in milliseconds, found ${show(value)}`);
  }
  if (time >= END) {
    throw new RejectedEvent(
      'bad-timestamp',
      `expected "timestamp" in milliseconds, before the year 2200, found ${show(value)}; ${unitOf(time)}`,
    );
  }
  return Math.floor(time);
}

/** The unit in which a time would be one before the year 2200, and how to mend it. */
function unitOf(time: number): string {
  if (time < 1e3 * END) return 'it looks like microseconds: divide by 1,000';
  if (time < 1e6 * END) return 'it looks like nanoseconds: divide by 1,000,000';
  return 'give milliseconds since 1970';
}

function text(raw: Json, key: string): string {
  const value = optionalText(raw, key);
  if (value === undefined || value === '')
    throw new RejectedEvent(
      'missing-field',
      `expected "${key}" in a ${raw.event ?? 'list item'}, found ${show(raw[key])}`,
    );
  return value;
}

function optionalText(raw: Json, key: string): string | undefined {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new RejectedEvent('bad-value', `expected "${key}" to be a string, found ${show(value)}`);
}

function optionalNumber(raw: Json, key: string): number | undefined {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RejectedEvent('bad-value', `expected "${key}" to be a number, found ${show(value)}`);
}

function optionalPlace(raw: Json, key: string): number | undefined {
  const value = optionalNumber(raw, key);
  if (value === undefined || (Number.isInteger(value) && value >= 0)) return value;
  throw new RejectedEvent('bad-value', `expected "${key}" to be a whole number from 0, found ${value}`);
}

function optionalSize(raw: Json): number | undefined {
  const value = optionalNumber(raw, 'size');
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return value;
  throw new RejectedEvent('bad-value', `expected "size" to be a whole number from 1, found ${value}`);
}

function optionalDeadline(raw: Json): number | undefined {
  const value = optionalNumber(raw, 'deadline');
  if (value === undefined || value >= 0) return value;
  throw new RejectedEvent('bad-value', `expected "deadline" to be milliseconds from 0, found ${value}`);
}

function optionalProbability(raw: Json, key: string): number | undefined {
  const value = optionalNumber(raw, key);
  if (value === undefined || (value > 0 && value <= 1)) return value;
  throw new RejectedEvent('bad-value', `expected "${key}" of a shown item above 0 and at most 1, found ${value}`);
}

const present = <K extends string, V>(key: K, value: V | undefined): { [name in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [name in K]?: V };

function show(value: unknown): string {
  const shown = JSON.stringify(value) ?? 'nothing';
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}
