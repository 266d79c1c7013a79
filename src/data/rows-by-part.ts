import type { Dataset, DatasetRow } from './dataset.ts';
import type { SplitOptions } from './split.ts';

/** A row, a list with the part it belongs to; or the end of a pass, where everything under way settles. */
export type PartRow =
  | Exclude<DatasetRow, { readonly kind: 'impression' }>
  | (Extract<DatasetRow, { readonly kind: 'impression' }> & { readonly part: number })
  | { readonly kind: 'settle' };

/**
 * The order in which a replay walks a split data set: in time order where the split is by time; where whole users are held out, part after part, so that the later
 * parts' users find everything that was learned of items from the users before. Metadata comes with the first pass.
 */
export async function* rowsByPart(
  dataset: Dataset,
  { parts, by }: { readonly parts: Uint8Array; readonly by: SplitOptions['by'] },
): AsyncGenerator<PartRow> {
  const passes = by === 'time' ? [[0, 1, 2]] : [[0], [1], [2]];
  for (const [pass, wanted] of passes.entries()) {
    for await (const row of dataset.rows()) {
      if (row.kind !== 'impression') {
        if (pass === 0) yield row;
      } else if (wanted.includes(parts[row.index])) yield { ...row, part: parts[row.index] };
    }
    yield { kind: 'settle' };
  }
}
