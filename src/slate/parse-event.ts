import { fieldsOf, updatesOf, withRelevancy } from './event-fields.ts';
import {
  type Json,
  optionalDuration,
  optionalNumber,
  optionalProbability,
  optionalText,
  optionalWhole,
  text,
  timestamp,
} from './event-values.ts';
import type { InteractionEvent, ItemEvent, LogEvent, RankedItem, RankingEvent, UserEvent } from './events.ts';
import { unknownName } from './nearest-name.ts';
import type { OddNames } from './odd-names.ts';
import { isRow } from './plain-record.ts';
import { foundNoObject, RejectedEvent, show } from './rejected-event.ts';

/** How events are read. */
export interface ParseOptions {
  /** What the log calls the first position: 0 (default) or 1. Positions of the event that is returned begin at 0. */
  readonly firstPosition?: number | undefined;
  /** Is told of keys that are not read. */
  readonly odd?: OddNames | undefined;
}

const EVENTS = ['item', 'user', 'ranking', 'interaction'];

/** Reads one event of Metarank's form and its optional extensions (docs/your-data.md). Throws `RejectedEvent`. */
export function parseEvent(json: unknown, options: ParseOptions = {}): LogEvent {
  if (!isRow(json)) {
    throw new RejectedEvent('unknown-event', `expected a JSON object with "event", ${foundNoObject(json)}`);
  }
  const raw = json as Json;
  const event = readEvent(raw, options);
  options.odd?.keysOf(raw, event.event);
  return event;
}

function readEvent(raw: Json, options: ParseOptions): LogEvent {
  switch (raw.event) {
    case 'item':
      return itemEvent(raw, options);
    case 'user':
      return userEvent(raw, options);
    case 'ranking':
      return rankingEvent(raw, options);
    case 'interaction':
      return interactionEvent(raw);
    default:
      throw new RejectedEvent(
        'unknown-event',
        typeof raw.event === 'string'
          ? `"event": ${unknownName(raw.event.slice(0, 60), EVENTS)}`
          : `expected "event" to be one of ${EVENTS.join(', ')}, found ${raw.event === undefined ? keysOf(raw) : show(raw.event)}`,
      );
  }
}

/** What an object has that does not say which event it is. */
function keysOf(raw: Json): string {
  const keys = Object.keys(raw).filter((key) => key !== 'time' && key !== 'timestamp');
  return keys.length === 0
    ? 'nothing'
    : `no such key beside ${keys
        .slice(0, 5)
        .map((key) => show(key))
        .join(', ')}`;
}

const itemEvent = (raw: Json, { odd }: ParseOptions): ItemEvent => ({
  event: 'item',
  item: text(raw, 'item'),
  time: timestamp(raw),
  fields: updatesOf(raw.fields, odd),
});

const userEvent = (raw: Json, { odd }: ParseOptions): UserEvent => ({
  event: 'user',
  user: text(raw, 'user'),
  time: timestamp(raw),
  fields: updatesOf(raw.fields, odd),
});

/** Without a list it belongs to one that its user saw: then the user is needed. */
function interactionEvent(raw: Json): InteractionEvent {
  const ranking = optionalText(raw, 'ranking') ?? '';
  const user = optionalText(raw, 'user') ?? '';
  if (ranking === '' && user === '')
    throw new RejectedEvent('missing-field', 'expected "ranking" or "user" in an interaction, found neither');
  return {
    event: 'interaction',
    ranking,
    time: timestamp(raw),
    user,
    item: text(raw, 'item'),
    type: text(raw, 'type'),
  };
}

function rankingEvent(raw: Json, options: ParseOptions): RankingEvent {
  const list = raw.items;
  if (!Array.isArray(list))
    throw new RejectedEvent('missing-field', `expected "items" to be a list, found ${show(list)}`);
  if (list.length === 0) throw new RejectedEvent('empty-slate', 'expected at least one item in "items", found none');
  const items = list.map((item) => rankedItem(item, options));
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
    fields: fieldsOf(raw.fields, options.odd),
    items,
    ...present('size', optionalWhole(raw, 'size', 1)),
    ...present('deadline', optionalDuration(raw, 'deadline')),
    ...present('rules', raw.rules ?? undefined),
  };
}

function rankedItem(value: unknown, { odd, firstPosition = 0 }: ParseOptions): RankedItem {
  if (!isRow(value)) {
    throw new RejectedEvent(
      'missing-field',
      `expected every entry of "items" to be an object with "id", ${foundNoObject(value)}`,
    );
  }
  const raw = value as Json;
  odd?.keysOf(raw, 'items');
  const fields = withRelevancy(fieldsOf(raw.fields, odd), raw.relevancy);
  const item: { -readonly [key in keyof RankedItem]: RankedItem[key] } = { id: text(raw, 'id'), fields };
  const position = optionalWhole(raw, 'position', firstPosition);
  if (position !== undefined) item.position = position - firstPosition;
  const row = optionalWhole(raw, 'row', 0);
  if (row !== undefined) item.row = row;
  const col = optionalWhole(raw, 'col', 0);
  if (col !== undefined) item.col = col;
  const propensity = optionalProbability(raw, 'propensity');
  if (propensity !== undefined) item.propensity = propensity;
  const placePropensity = optionalProbability(raw, 'placePropensity');
  if (placePropensity !== undefined) item.placePropensity = placePropensity;
  return item;
}

const present = <K extends string, V>(key: K, value: V | undefined): { [name in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [name in K]?: V };
