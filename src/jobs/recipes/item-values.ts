import type { Dataset } from '../../datasets/folder/dataset.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import type { ItemValues } from '../../metrics/list-value.ts';
import { type FieldUpdates, type FieldValue, fieldOf } from '../../slate/fields.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';

/** Of a `Prepared`, what the values need. */
export interface TestLists {
  readonly dataset: Pick<Dataset, 'rows'>;
  readonly encoded: Pick<EncodedDataset, 'listB' | 'test'>;
}

/** What the items of the test lists are worth; undefined where no field is named. `offsetsB`: slots of list b are `[offsetsB[b], offsetsB[b + 1])`. */
export async function worthOf(
  field: string | undefined,
  { offsetsB, ...lists }: TestLists & { readonly offsetsB: ArrayLike<number> },
): Promise<ItemValues | undefined> {
  return field === undefined ? undefined : { field, offsetsB, valueS: await testItemValues(lists, field) };
}

/**
 * A number of each shown item of the test part: the field as the list had it, else as the item was described by then. NaN where it is no number. [S], in the order of the
 * part's lists. Throws `InputError` where no item has one.
 */
export async function testItemValues(
  { dataset, encoded: { listB, test } }: TestLists,
  field: string,
): Promise<Float64Array> {
  const wanted = new Set(test.map((index) => listB[index]));
  const known = new Map<string, FieldValue | null>();
  const valuesOf = new Map<number, readonly number[]>();
  const numbers = new Set<string>();
  const note = (fields: FieldUpdates): void => {
    for (const [name, value] of Object.entries(fields)) if (typeof value === 'number') numbers.add(name);
  };
  for await (const row of dataset.rows()) {
    if (row.kind === 'item') {
      note(row.event.fields);
      const value = fieldOf(row.event.fields, field);
      if (value !== undefined) known.set(row.event.item, value);
    } else if (row.kind === 'impression' && wanted.has(row.index)) {
      const { items } = row.impression.ranking;
      for (const { fields } of items) note(fields);
      valuesOf.set(
        row.index,
        items.map(({ id, fields }) => numberOf(fieldOf(fields, field) ?? known.get(id))),
      );
    }
  }
  const valueS = Float64Array.from([...test].flatMap((index) => valuesOf.get(listB[index]) ?? []));
  if (valueS.every(Number.isNaN))
    throw new InputError(
      numbers.has(field) || numbers.size === 0
        ? `value: expected a number in the field "${field}" of the shown items, found none in the test part; name another field`
        : `value: numbers of the shown items: ${unknownName(field, [...numbers].sort())}`,
      'unknown-field',
    );
  return valueS;
}

const numberOf = (value: FieldValue | null | undefined): number => (typeof value === 'number' ? value : Number.NaN);
