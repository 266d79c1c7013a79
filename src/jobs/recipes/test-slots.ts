/** What the log says of the items of some lists, read in one walk. Legend: B lists, S slots. */
import type { Dataset } from '../../datasets/folder/dataset.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import { type Fields, type FieldValue, fieldOf, mergeFields, noFields } from '../../slate/fields.ts';

/** Of a `Prepared`, what is read. */
export interface TestLists {
  readonly dataset: Pick<Dataset, 'rows'>;
  readonly encoded: Pick<EncodedDataset, 'listB' | 'test'>;
}

/** In the order of the part's lists. */
export interface TestSlots {
  /** Lists that the user had seen, in any part of the log; -1 where it names no user. */
  readonly seenBeforeB: readonly number[];
  /** By each field asked for: as the list had it, else as the item was described by then. [S] */
  readonly valuesS: ReadonlyMap<string, readonly (FieldValue | undefined)[]>;
  /** Fields that are a number somewhere. */
  readonly numbers: ReadonlySet<string>;
}

export async function readTestSlots(
  { dataset, encoded: { listB, test } }: TestLists,
  fields: Iterable<string>,
): Promise<TestSlots> {
  const names = [...new Set(fields)];
  const lists = Array.from(test, (index) => listB[index]);
  const wanted = new Set(lists);
  const items = new Map<string, Fields>();
  const seen = new Map<string, number>();
  const before = new Map<number, number>();
  const values = new Map<number, readonly (readonly (FieldValue | undefined)[])[]>();
  const numbers = new Set<string>();
  const note = (update: Readonly<Record<string, unknown>>): void => {
    for (const [name, value] of Object.entries(update)) if (typeof value === 'number') numbers.add(name);
  };
  for await (const row of dataset.rows()) {
    if (row.kind === 'item') {
      const { item, fields: update } = row.event;
      note(update);
      items.set(item, mergeFields(items.get(item) ?? noFields, update));
    } else if (row.kind === 'impression') {
      const { user, items: shown } = row.impression.ranking;
      const count = seen.get(user) ?? 0;
      seen.set(user, count + 1);
      if (!wanted.has(row.index)) continue;
      before.set(row.index, user === '' ? -1 : count);
      for (const { fields: own } of shown) note(own);
      const shownValues = (name: string): readonly (FieldValue | undefined)[] =>
        shown.map(({ id, fields: own }) => fieldOf(own, name) ?? fieldOf(items.get(id) ?? noFields, name));
      values.set(row.index, names.map(shownValues));
    }
  }
  return {
    seenBeforeB: lists.map((list) => before.get(list) ?? -1),
    valuesS: new Map(names.map((name, at) => [name, lists.flatMap((list) => values.get(list)?.[at] ?? [])])),
    numbers,
  };
}

/** Of a field that was asked for. */
export const slotValues = (
  { valuesS }: Pick<TestSlots, 'valuesS'>,
  name: string,
): readonly (FieldValue | undefined)[] => valuesS.get(name) ?? [];
