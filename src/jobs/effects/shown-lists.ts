import type { Dataset } from '../../datasets/folder/dataset.ts';
import type { Catalogue } from '../../memory/catalogue.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { type Fields, type FieldValue, fieldOf, newFields } from '../../slate/fields.ts';
import { inShownOrder } from '../../slate/shown-order.ts';

/** An item as it stood on a list, with the fields asked for. */
export interface ShownItem {
  readonly id: string;
  readonly fields: Fields;
}

export interface ReadOptions {
  /** Indices in the data set. */
  readonly lists: Int32Array;
  readonly fields: readonly string[];
  /** Knows the fields that a list does not tell itself. */
  readonly items: Pick<Catalogue, 'fieldsOf'>;
}

/** The items of these lists in the order in which they were shown, list by list as asked for. */
export async function readShownLists(dataset: Dataset, options: ReadOptions): Promise<(readonly ShownItem[])[]> {
  const placeOf = new Map(Array.from(options.lists, (list, place) => [list, place]));
  const shown: (readonly ShownItem[])[] = Array.from(options.lists, () => []);
  for await (const row of dataset.rows()) {
    if (row.kind !== 'impression') continue;
    const place = placeOf.get(row.index);
    if (place !== undefined) shown[place] = shownItems(row.impression.ranking, options);
  }
  return shown;
}

/** The items of a list as shown. A field of the item on this list goes before one of the item itself. */
export function shownItems(
  ranking: RankingEvent,
  { fields: names, items }: Pick<ReadOptions, 'fields' | 'items'>,
): readonly ShownItem[] {
  return inShownOrder(ranking).items.map(({ id, fields: own }) => {
    const fields = newFields<FieldValue>();
    const known = items.fieldsOf(id);
    for (const name of names) {
      const value = fieldOf(own, name) ?? (known && fieldOf(known, name));
      if (value !== undefined) fields[name] = value;
    }
    return { id, fields };
  });
}
