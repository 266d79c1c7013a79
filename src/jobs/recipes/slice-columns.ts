/** How the test lists of a comparison are cut. Legend: S slots, B lists. */
import type { Outcomes } from '../../datasets/slate-source/slate-source.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import { groupValues } from '../../measure/group-values.ts';
import type { SliceColumn } from '../../measure/slices.ts';
import { fieldTexts } from '../../slate/fields.ts';
import { InputError } from '../../slate/input-error.ts';
import { slotValues, type TestSlots } from './test-slots.ts';

/** Values of a field that are told apart: those with most showings. */
const MOST_VALUES = 8;

export interface SliceSource {
  /** With the values of the fields. */
  readonly slots: Pick<TestSlots, 'seenBeforeB' | 'valuesS'>;
  /** Of the test lists. */
  readonly outcomes: Pick<Outcomes, 'offsets' | 'positionS'>;
  readonly fields: readonly string[];
}

/** Those named, else the category with fewest values. */
export function sliceFields(
  encoded: Pick<EncodedDataset, 'features' | 'fields'>,
  by: readonly string[] | undefined,
): readonly string[] {
  const least = fieldWithFewValues(encoded);
  return by ?? (least === undefined ? [] : [least]);
}

/** By place, length of the list, how many lists the user saw before, and fields of the items. Throws `InputError` for a field that no item of the test lists has. */
export function sliceColumns({ slots, outcomes, fields }: SliceSource): readonly SliceColumn[] {
  const { offsets, positionS } = outcomes;
  const perSlot = (numberOf: (b: number) => number): Int32Array => {
    const valueS = new Int32Array(positionS.length);
    for (let b = 0; b + 1 < offsets.length; b++) valueS.fill(numberOf(b), offsets[b], offsets[b + 1]);
    return valueS;
  };
  const columns = [
    { by: 'place on the page', parts: groupValues(positionS.map((position) => position + 1)) },
    { by: 'items on the list', parts: groupValues(perSlot((b) => offsets[b + 1] - offsets[b])) },
    { by: 'lists that the user saw before', parts: groupValues(perSlot((b) => slots.seenBeforeB[b])) },
    ...fields.map((by) => ({ by, parts: partsOfField(slots, by) })),
  ];
  return columns.filter(({ parts }) => parts.length > 1);
}

/** Among the categories and tags of items, the one with fewest values. */
function fieldWithFewValues({ features, fields }: Pick<EncodedDataset, 'features' | 'fields'>): string | undefined {
  const kinds = [...features.schema.item, ...features.schema.rankedItem];
  const tokens = new Set(kinds.flatMap(({ name, kind }) => (kind === 'category' || kind === 'tags' ? [name] : [])));
  const [least] = fields
    .filter(
      ({ scope, name, distinct }) => (scope === 'item' || scope === 'rankedItem') && tokens.has(name) && distinct > 1,
    )
    .toSorted((a, b) => a.distinct - b.distinct);
  return least?.name;
}

function partsOfField(slots: SliceSource['slots'], field: string): SliceColumn['parts'] {
  const slotsOf = new Map<string, number[]>();
  for (const [slot, value] of slotValues(slots, field).entries())
    for (const text of fieldTexts(value)) {
      const known = slotsOf.get(text) ?? [];
      known.push(slot);
      slotsOf.set(text, known);
    }
  if (slotsOf.size === 0)
    throw new InputError(
      `by ${field}: expected a field of the items on the test lists, found none there that has it; name another field`,
      'unknown-field',
    );
  return [...slotsOf]
    .toSorted(([a, mine], [b, theirs]) => theirs.length - mine.length || a.localeCompare(b, 'en'))
    .slice(0, MOST_VALUES)
    .map(([value, found]) => ({ value, slotS: Int32Array.from(found) }));
}
