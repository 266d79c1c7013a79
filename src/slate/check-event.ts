import type { LogEvent, RankedItem } from './events.ts';
import { isFieldValue } from './fields.ts';
import { isRow } from './plain-record.ts';
import { foundInstead, RejectedEvent } from './rejected-event.ts';
import { timeFault } from './times.ts';

/** Throws `RejectedEvent` where an event that came from code, not from a log, is none: nothing of it may enter a memory. */
export function checkEvent(event: LogEvent): void {
  const { event: kind, time } = (event ?? {}) as Partial<LogEvent>;
  if (kind !== 'item' && kind !== 'user' && kind !== 'ranking' && kind !== 'interaction')
    fail('unknown-event', '"event" to be item, user, ranking or interaction', kind);
  const fault = timeFault(time);
  if (fault) fail('bad-timestamp', fault.expected, time, fault.remedy);
  switch (event.event) {
    case 'item':
      text('item', event.item);
      checkUpdates(event.fields);
      break;
    case 'user':
      text('user', event.user);
      checkUpdates(event.fields);
      break;
    case 'ranking':
      text('id', event.id);
      if (typeof event.user !== 'string')
        fail('bad-value', '"user" to be a string, empty for nobody known', event.user);
      checkItems(event.items);
      break;
    default:
      text('item', event.item);
      for (const key of ['ranking', 'user', 'type'] as const)
        if (typeof event[key] !== 'string') fail('bad-value', `"${key}" to be a string`, event[key]);
  }
}

function checkItems(items: readonly RankedItem[]): void {
  if (!Array.isArray(items)) fail('missing-field', '"items" to be a list', items);
  if (items.length === 0) fail('empty-slate', 'at least one item in "items"', items);
  const ids = new Set<string>();
  for (const item of items) {
    text('id', item?.id);
    ids.add(item.id);
    if (item.position !== undefined && !(Number.isInteger(item.position) && item.position >= 0))
      fail('bad-value', '"position" to be a whole number from 0', item.position);
  }
  if (ids.size < items.length) fail('item-twice-in-slate', 'every item once', [...ids].slice(0, 3));
}

function checkUpdates(fields: unknown): void {
  if (!isRow(fields)) fail('bad-value', '"fields" to be an object of values by name, such as {}', fields);
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && !isFieldValue(value))
      fail(
        'bad-value',
        `field "${name}" to be a finite number, a string, a boolean, a list of strings or of numbers, or null`,
        value,
      );
  }
}

function text(key: string, value: unknown): void {
  if (typeof value !== 'string' || value === '')
    fail('missing-field', `"${key}" to be a string that is not empty`, value);
}

function fail(reason: RejectedEvent['reason'], expected: string, found: unknown, remedy?: string): never {
  throw new RejectedEvent(reason, `expected ${expected}, ${foundInstead(found, remedy)}`);
}
