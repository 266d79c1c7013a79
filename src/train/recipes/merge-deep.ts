import { isPlainRecord } from '../../slate/plain-record.ts';

/** Objects are merged key by key; everything else, lists too, is replaced. */
export function mergeDeep(base: unknown, changes: unknown): unknown {
  if (!isPlainRecord(base) || !isPlainRecord(changes)) return changes === undefined ? base : changes;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes))
    merged[key] = mergeDeep(Object.hasOwn(base, key) ? base[key] : undefined, value);
  return merged;
}
