import {
  createFieldStatistics,
  type FieldScope,
  type FieldStatistics,
} from '../../encoding/field-values/field-statistics.ts';
import type { FieldUpdates } from '../../slate/fields.ts';
import type { Dataset, DatasetRow } from '../folder/dataset.ts';

/**
 * What the training part holds of every field: its lists, and what is told of their items and users before the last of them. The schema is inferred from it, so that no list
 * of a later part, and no item or user that only such lists know, decides which columns there are.
 */
export async function trainingFields(
  dataset: Pick<Dataset, 'rows'>,
  parts: Uint8Array,
): Promise<readonly FieldStatistics[]> {
  const statistics = createFieldStatistics();
  const described = {
    item: waitFor((fields) => statistics.observe('item', fields)),
    user: waitFor((fields) => statistics.observe('user', fields)),
  };
  const last = parts.lastIndexOf(0);
  for await (const row of dataset.rows()) {
    if (row.kind !== 'impression') described[row.kind].tell(idOf(row), row.event.fields);
    else if (parts[row.index] === 0) {
      const { user, items, fields } = row.impression.ranking;
      statistics.observe('ranking', fields);
      described.user.meet(user);
      for (const item of items) {
        statistics.observe('rankedItem', item.fields);
        described.item.meet(item.id);
      }
      if (row.index === last) break;
    }
  }
  return statistics.result();
}

/** One sentence per field that the log has and its training part has not. */
export function unusedFieldNotes(
  all: readonly FieldStatistics[],
  training: readonly FieldStatistics[],
): readonly string[] {
  const known = new Set(training.map(keyOf));
  const unused = all.map(keyOf).filter((key) => !known.has(key));
  return unused.map(
    (key) =>
      `${key}: appears only outside the training part (its lists, and what is told of their items and users by the last of them), so it is not used`,
  );
}

const keyOf = ({ scope, name }: { readonly scope: FieldScope; readonly name: string }): string => `${scope}.${name}`;

const idOf = (row: Exclude<DatasetRow, { readonly kind: 'impression' }>): string =>
  row.kind === 'item' ? row.event.item : row.event.user;

/** Passes on what is told of an id once that id has been met, what was told before included. */
function waitFor(pass: (fields: FieldUpdates) => void): {
  tell(id: string, fields: FieldUpdates): void;
  meet(id: string): void;
} {
  const met = new Set<string>();
  const waiting = new Map<string, FieldUpdates[]>();
  return {
    tell(id, fields) {
      if (met.has(id)) pass(fields);
      else {
        const known = waiting.get(id);
        if (known) known.push(fields);
        else waiting.set(id, [fields]);
      }
    },
    meet(id) {
      if (met.has(id)) return;
      met.add(id);
      for (const fields of waiting.get(id) ?? []) pass(fields);
      waiting.delete(id);
    },
  };
}
