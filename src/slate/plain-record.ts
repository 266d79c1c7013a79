import { isPromise } from './promise.ts';

/** An object as JSON or `{ ... }` makes it, of whatever realm: no list, promise, map or date, whose keys would be read as none. */
export function isPlainRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const above: unknown = Object.getPrototypeOf(value);
  return above === null || Object.getPrototypeOf(above) === null;
}

/**
 * An object whose values stand under keys of its own: a plain one, or a row of a class as drivers of databases make it. No promise, map, set or date, nor one with values that
 * are inherited, computed by its class, or hidden: those would be read as none.
 */
export function isRow(value: unknown): value is Record<string, unknown> {
  if (isPlainRecord(value)) return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) return false;
  if (isPromise(value) || Symbol.iterator in value || Symbol.asyncIterator in value) return false;
  for (const key in value) if (!Object.hasOwn(value, key)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.length === Object.getOwnPropertyNames(value).length && !computesValues(value);
}

/** Whether its class has a getter. */
function computesValues(value: object): boolean {
  let above: object | null = Object.getPrototypeOf(value);
  while (above !== null && Object.getPrototypeOf(above) !== null) {
    if (Object.values(Object.getOwnPropertyDescriptors(above)).some(({ get }) => get !== undefined)) return true;
    above = Object.getPrototypeOf(above);
  }
  return false;
}
