import { isoTime } from './iso-time.ts';
import { RejectedEvent, show } from './rejected-event.ts';
import { END_OF_TIMES, unitOf } from './times.ts';

/** Checked by hand rather than by a schema library: this runs for every value of logs with many millions of lines. All throw `RejectedEvent`. */
export type Json = Readonly<Record<string, unknown>>;

const WITH_ARTICLE: Readonly<Record<string, string>> = {
  item: 'an item event',
  user: 'a user event',
  ranking: 'a ranking',
  interaction: 'an interaction',
};

/** A text that must be there. */
export function text(raw: Json, key: string): string {
  const value = optionalText(raw, key);
  if (value === undefined || value === '')
    throw new RejectedEvent(
      'missing-field',
      `expected "${key}" in ${raw.event === undefined ? 'a list item' : WITH_ARTICLE[`${raw.event}`]}, found ${show(raw[key])}`,
    );
  return value;
}

/** A text, or a number as one, as long as all its digits are there. */
export function optionalText(raw: Json, key: string): string | undefined {
  const value = raw[key];
  if (typeof value === 'string') return wellFormed(value, key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') {
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
    if (!Number.isFinite(value))
      throw new RejectedEvent('bad-value', `expected "${key}" as a text or as a finite number, found ${value}`);
    throw new RejectedEvent(
      'bad-value',
      `expected "${key}" as a text or as a number below 2^53, found ${value}, which has lost its last digits; give ids as strings`,
    );
  }
  if (typeof value === 'bigint') return String(value);
  throw new RejectedEvent('bad-value', `expected "${key}" to be a string, found ${show(value)}`);
}

/** Half of a surrogate pair has no UTF-8: once written, different texts would be the same. */
export function wellFormed(value: string, key: string): string {
  if (value.isWellFormed()) return value;
  throw new RejectedEvent(
    'broken-utf8',
    `expected text in "${key}", found half of a surrogate pair in ${show(value)}; whoever cut it should cut between letters`,
  );
}

export function optionalNumber(raw: Json, key: string): number | undefined {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RejectedEvent('bad-value', `expected "${key}" to be a number, found ${show(value)}`);
}

/** A whole number from `first` on. */
export function optionalWhole(raw: Json, key: string, first: number): number | undefined {
  const value = optionalNumber(raw, key);
  if (value === undefined || (Number.isInteger(value) && value >= first)) return value;
  throw new RejectedEvent('bad-value', `expected "${key}" to be a whole number from ${first}, found ${value}`);
}

export function optionalDuration(raw: Json, key: string): number | undefined {
  const value = optionalNumber(raw, key);
  if (value === undefined || value >= 0) return value;
  throw new RejectedEvent('bad-value', `expected "${key}" to be milliseconds from 0, found ${value}`);
}

export function optionalProbability(raw: Json, key: string): number | undefined {
  const value = optionalNumber(raw, key);
  if (value === undefined || (value > 0 && value <= 1)) return value;
  throw new RejectedEvent('bad-value', `expected "${key}" of a shown item above 0 and at most 1, found ${value}`);
}

const TIME = 'in milliseconds since 1970 or as ISO 8601 (2025-03-01T10:22:33Z)';

/** Milliseconds since 1970; any time from 0 on, so that made-up logs may start there. */
export function timestamp(raw: Json): number {
  if (raw.timestamp === undefined && raw.time !== undefined)
    throw new RejectedEvent(
      'bad-timestamp',
      `expected "timestamp" ${TIME}, found "time": ${show(raw.time)}; in a log, call it "timestamp"`,
    );
  return moment(raw.timestamp, 'timestamp');
}

/** The same of a value that stands under another key. */
export function moment(value: unknown, key: string): number {
  const time = typeof value === 'string' ? timeOfText(value) : typeof value === 'bigint' ? Number(value) : value;
  if (typeof time !== 'number' || !Number.isFinite(time) || time < 0)
    throw new RejectedEvent('bad-timestamp', `expected "${key}" ${TIME}, found ${show(value)}`);
  if (time >= END_OF_TIMES) {
    throw new RejectedEvent(
      'bad-timestamp',
      `expected "${key}" ${TIME}, before the year 2200, found ${show(value)}; ${unitOf(time)}`,
    );
  }
  return Math.floor(time);
}

const timeOfText = (value: string): number | undefined =>
  value.trim() === '' ? undefined : (isoTime(value) ?? Number(value));
