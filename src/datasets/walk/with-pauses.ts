import { setImmediate } from 'node:timers/promises';
import type { FieldUpdates } from '../../slate/fields.ts';
import type { DatasetRow } from '../folder/dataset.ts';

/** Shown items, or values of fields, between two pauses: some hundredths of a second of work. */
const BETWEEN = 4000;

/**
 * The same rows, with pauses in which the process takes note of what happens beside it, a Ctrl-C above all: they come by what the rows hold, however few and long they are.
 * Throws what the signal was aborted with.
 */
export async function* withPauses(
  rows: AsyncIterable<DatasetRow>,
  signal: AbortSignal | undefined,
): AsyncGenerator<DatasetRow> {
  let held = 0;
  for await (const row of rows) {
    held += row.kind === 'impression' ? row.impression.ranking.items.length : valuesIn(row.event.fields);
    if (held >= BETWEEN) {
      held = 0;
      await setImmediate();
    }
    signal?.throwIfAborted();
    yield row;
  }
}

function valuesIn(fields: FieldUpdates): number {
  let count = 1;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    count += typeof value === 'object' && value !== null ? value.length : 1;
  }
  return count;
}
