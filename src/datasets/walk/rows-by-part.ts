import { type Fields, mergeFields, noFields } from '../../slate/fields.ts';
import type { Impression } from '../../slate/impression.ts';
import type { Dataset, DatasetRow } from '../folder/dataset.ts';
import type { SplitOptions } from './split.ts';

/**
 * A row, a list with the part it belongs to; the beginning of another pass, `rewind`, with the metadata as they were before the first list; in which lists of earlier
 * parts come again for those who must know them by the clock.
 */
export type PartRow =
  | MetadataRow
  | (Extract<DatasetRow, { readonly kind: 'impression' }> & { readonly part: number })
  | { readonly kind: 'again'; readonly impression: Impression }
  | { readonly kind: 'rewind'; readonly described: readonly Described[] };

/** Metadata as a whole. */
export interface Described {
  readonly kind: 'item' | 'user';
  readonly id: string;
  readonly fields: Fields;
}

type MetadataRow = Extract<DatasetRow, { readonly kind: 'item' | 'user' }>;

/**
 * The order in which a split data set is walked: in time order where the split is by time; where whole users are held out, part after part, so that the later
 * parts' users find everything that was learned of items from the users before. Metadata go by the clock in every pass: each begins with what was known before the log's
 * first list, and what came between lists comes there again.
 */
export async function* rowsByPart(
  dataset: Pick<Dataset, 'rows'>,
  { parts, by }: { readonly parts: Uint8Array; readonly by: SplitOptions['by'] },
): AsyncGenerator<PartRow> {
  const passes = by === 'time' ? [[0, 1, 2]] : [[0], [1], [2]];
  const atFirst = new Map<string, Described>();
  /** What changes between lists, as it was before the first of them: the rest need not be told twice. */
  const changing = new Map<string, Described>();
  for (const [pass, wanted] of passes.entries()) {
    if (pass > 0) yield { kind: 'rewind', described: [...changing.values()] };
    let hasBegun = false;
    for await (const row of dataset.rows()) {
      if (row.kind === 'impression') {
        hasBegun = true;
        const { kind, index, impression } = row;
        const part = parts[index];
        if (wanted.includes(part)) yield { kind, index, impression, part };
        else if (part < wanted[0]) yield { kind: 'again', impression };
      } else if (hasBegun || pass === 0) {
        const [kind, id] = row.kind === 'item' ? ['item' as const, row.event.item] : ['user' as const, row.event.user];
        const key = `${kind} ${id}`;
        const known = atFirst.get(key) ?? { kind, id, fields: noFields };
        if (!hasBegun) atFirst.set(key, { kind, id, fields: mergeFields(known.fields, row.event.fields) });
        else if (pass === 0) changing.set(key, known);
        yield row;
      }
    }
  }
}
