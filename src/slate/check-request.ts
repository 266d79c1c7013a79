import type { RankingEvent } from './events.ts';
import { InputError } from './input-error.ts';
import { show } from './rejected-event.ts';

/** Throws `InputError` where a request that came from code, not from a file, is none. */
export function checkRequest(request: RankingEvent): void {
  const { id, time, user, items } = (request ?? {}) as Partial<RankingEvent>;
  if (typeof id !== 'string' || id === '') fail('a request', 'an "id", a string that is not empty', id);
  const where = `request ${id}`;
  if (typeof time !== 'number' || !Number.isFinite(time) || time < 0)
    fail(where, '"time" in milliseconds since 1970, such as Date.now()', time);
  if (typeof user !== 'string') fail(where, '"user" to be a string, empty for nobody known', user);
  checkFields(request.fields, `${where}, "fields"`);
  if (!Array.isArray(items) || items.length === 0) fail(where, 'at least one item in "items"', items);
  const ids = new Set<string>();
  for (const [k, item] of items.entries()) {
    const at = `${where}, item ${k}`;
    if (typeof item?.id !== 'string' || item.id === '')
      fail(at, 'an object with "id", a string that is not empty', item);
    if (ids.has(item.id)) fail(at, 'every item once', item.id);
    ids.add(item.id);
    checkFields(item.fields, `${at}, "fields"`);
    if (item.position !== undefined && !(Number.isInteger(item.position) && item.position >= 0))
      fail(at, '"position" to be a whole number from 0', item.position);
  }
}

function checkFields(fields: unknown, where: string): void {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    fail(where, 'an object of values by name, such as {}', fields);
  for (const [name, value] of Object.entries(fields)) {
    const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
    const isSound = parts.every(
      (part) =>
        typeof part === 'string' || typeof part === 'boolean' || (typeof part === 'number' && Number.isFinite(part)),
    );
    if (!isSound) fail(`${where}, "${name}"`, 'a finite number, a string, a boolean or a list of these', value);
  }
}

function fail(where: string, expected: string, found: unknown): never {
  throw new InputError(
    `${where}: expected ${expected}, found ${typeof found === 'number' ? found : show(found)}; mend the request`,
    'invalid-request',
  );
}
