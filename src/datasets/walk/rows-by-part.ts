import {
  type Fields,
  type FieldUpdates,
  type FieldValue,
  mergeFields,
  newFields,
  noFields,
} from '../../slate/fields.ts';
import type { Impression } from '../../slate/impression.ts';
import type { Dataset, DatasetRow } from '../folder/dataset.ts';
import type { SplitOptions } from './split.ts';

/**
 * A row, a list with the part it belongs to; the end of a pass, where everything under way settles, and the beginning of another one, `rewind`; in which lists of earlier parts
 * come again for those who must know them by the clock.
 */
export type PartRow =
  | Exclude<DatasetRow, { readonly kind: 'impression' }>
  | (Extract<DatasetRow, { readonly kind: 'impression' }> & { readonly part: number })
  | { readonly kind: 'again'; readonly impression: Impression }
  | { readonly kind: 'settle' }
  | { readonly kind: 'rewind' };

type MetadataRow = Extract<DatasetRow, { readonly kind: 'item' | 'user' }>;

/**
 * The order in which a replay walks a split data set: in time order where the split is by time; where whole users are held out, part after part, so that the later
 * parts' users find everything that was learned of items from the users before. Metadata go by the clock in every pass: each begins with what was known before the log's
 * first list, and what came between lists comes there again.
 */
export async function* rowsByPart(
  dataset: Dataset,
  { parts, by }: { readonly parts: Uint8Array; readonly by: SplitOptions['by'] },
): AsyncGenerator<PartRow> {
  const passes = by === 'time' ? [[0, 1, 2]] : [[0], [1], [2]];
  const atFirst = new Map<string, Fields>();
  /** What changes between lists, as it was before the first of them: the rest need not be told twice. */
  const changing = new Map<string, MetadataRow>();
  for (const [pass, wanted] of passes.entries()) {
    if (pass > 0) yield { kind: 'rewind' };
    yield* changing.values();
    let hasBegun = false;
    for await (const row of dataset.rows()) {
      if (row.kind === 'impression') {
        hasBegun = true;
        if (wanted.includes(parts[row.index])) yield { ...row, part: parts[row.index] };
        else if (parts[row.index] < wanted[0]) yield { kind: 'again', impression: row.impression };
      } else if (hasBegun) {
        if (pass === 0)
          changing.set(nameOf(row), undone(row, changing.get(nameOf(row))?.event.fields ?? atFirst.get(nameOf(row))));
        yield row;
      } else if (pass === 0) {
        atFirst.set(nameOf(row), mergeFields(atFirst.get(nameOf(row)) ?? noFields, row.event.fields));
        yield row;
      }
    }
    yield { kind: 'settle' };
  }
}

const nameOf = (row: MetadataRow): string =>
  row.kind === 'item' ? `item ${row.event.item}` : `user ${row.event.user}`;

/** The update that leads back from `row` to what was known before the log's first list: `first`, where it is that or already leads back from others. */
function undone(row: MetadataRow, first: FieldUpdates | undefined): MetadataRow {
  const fields = newFields<FieldValue | null>();
  for (const name of Object.keys(row.event.fields)) fields[name] = null;
  return withFields(row, { ...fields, ...first });
}

const withFields = (row: MetadataRow, fields: FieldUpdates): MetadataRow =>
  row.kind === 'item'
    ? { kind: 'item', event: { ...row.event, fields } }
    : { kind: 'user', event: { ...row.event, fields } };
