import { moment } from './event-values.ts';
import type { LogEvent } from './events.ts';
import { type ParseOptions, parseEvent } from './parse-event.ts';
import { isRow } from './plain-record.ts';
import { foundInstead, RejectedEvent } from './rejected-event.ts';

/**
 * Reads an event that a program wrote, in either form; it is judged as a line of a log is. Positions beside a `time` begin at 0, as all do in code; those beside a
 * `timestamp` begin where the options say. Throws `RejectedEvent`.
 */
export function readEvent(given: unknown, options: ParseOptions = {}): LogEvent {
  if (!isRow(given) || given.time === undefined) return parseEvent(logForm(given), options);
  return parseEvent(logForm(given), { ...options, firstPosition: 0 });
}

/**
 * What a program writes, as a line of a log has it: `time` as a number, a Date or ISO text becomes `timestamp`, `fields` by name become a list of `{name, value}`, an item
 * that is only its id becomes `{id}`. What has the form of a log already stays as it is. Judged here are times, and what has no form in a log: `parseEvent` does the rest.
 */
export function logForm(given: unknown): unknown {
  if (!isRow(given)) return given;
  const { time, ...rest } = given;
  if (time !== undefined && given.timestamp !== undefined)
    throw new RejectedEvent(
      'bad-timestamp',
      'expected one of "time" and "timestamp", found both; leave one of them out',
    );
  return {
    ...rest,
    ...('fields' in given ? { fields: fieldList(given.fields) } : {}),
    ...(Array.isArray(given.items) ? { items: given.items.map(itemForm) } : {}),
    // Judged here, since whoever wrote `time` looks for that word in the sentence.
    timestamp: time === undefined ? plain(given.timestamp) : moment(plain(time), 'time'),
  };
}

function itemForm(item: unknown): unknown {
  if (typeof item === 'string' || typeof item === 'number' || typeof item === 'bigint') return { id: item };
  return isRow(item) && 'fields' in item ? { ...item, fields: fieldList(item.fields) } : item;
}

function fieldList(fields: unknown): unknown {
  if (fields === undefined || fields === null || Array.isArray(fields)) return fields;
  if (!isRow(fields))
    throw new RejectedEvent(
      'bad-value',
      `expected "fields" to be an object of values by name, such as { price: 5 }, ${foundInstead(fields, PLAIN)}`,
    );
  // As in JSON, what is undefined is not said; null is.
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: plain(value) }],
  );
}

/** A moment as epoch milliseconds. */
const plain = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

/** What to do about an object of which no keys would be read. */
const PLAIN = 'give a plain object';
