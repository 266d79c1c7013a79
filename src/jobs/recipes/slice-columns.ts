/** How the test lists of a comparison are cut. Legend: S slots, B lists. */
import { groupValues } from '../../measure/group-values.ts';
import type { SliceColumn } from '../../measure/slices.ts';
import { type Fields, type FieldUpdates, type FieldValue, fieldOf, fieldTexts } from '../../slate/fields.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import type { Prepared } from '../prepare.ts';

/** Values of a field that are told apart: those with most showings. */
const MOST_VALUES = 8;

/** By place, length of the list, how many lists the user saw before, and fields of the items: those named, else the category with fewest values. */
export async function sliceColumns(prepared: Prepared, fields?: readonly string[]): Promise<readonly SliceColumn[]> {
  const { slates, test, listB } = prepared.encoded;
  const { offsets, positionS } = slates.outcomes(test);
  const perSlot = (numberOf: (b: number) => number): Int32Array => {
    const valueS = new Int32Array(positionS.length);
    for (let b = 0; b < test.length; b++) valueS.fill(numberOf(b), offsets[b], offsets[b + 1]);
    return valueS;
  };
  const earlier = await listsBefore(
    prepared,
    test.map((index) => listB[index]),
  );
  const least = fieldWithFewValues(prepared);
  const names = fields ?? (least === undefined ? [] : [least]);
  const ofFields = [];
  for (const by of names) ofFields.push({ by, parts: await valuesOfField(prepared, by) });
  const columns = [
    { by: 'place on the page', parts: groupValues(positionS.map((position) => position + 1)) },
    { by: 'items on the list', parts: groupValues(perSlot((b) => offsets[b + 1] - offsets[b])) },
    { by: 'lists that the user saw before', parts: groupValues(perSlot((b) => earlier[b])) },
    ...ofFields,
  ];
  return columns.filter(({ parts }) => parts.length > 1);
}

/** Of each of these lists, how many its user had seen earlier in the log. */
async function listsBefore({ dataset }: Prepared, lists: Int32Array): Promise<Int32Array> {
  const { users } = await dataset.impressionFacts();
  const seen = new Map<string, number>();
  const before = Int32Array.from(users, (user) => {
    const count = seen.get(user) ?? 0;
    seen.set(user, count + 1);
    return count;
  });
  return lists.map((list) => before[list]);
}

/** Among the categories and tags of items, the one with fewest values. */
function fieldWithFewValues({ encoded: { features, fields } }: Prepared): string | undefined {
  const kinds = [...features.schema.item, ...features.schema.rankedItem];
  const tokens = new Set(kinds.flatMap(({ name, kind }) => (kind === 'category' || kind === 'tags' ? [name] : [])));
  const [least] = fields
    .filter(
      ({ scope, name, distinct }) => (scope === 'item' || scope === 'rankedItem') && tokens.has(name) && distinct > 1,
    )
    .toSorted((a, b) => a.distinct - b.distinct);
  return least?.name;
}

async function valuesOfField({ dataset, encoded }: Prepared, field: string): Promise<SliceColumn['parts']> {
  const { slates, test, listB } = encoded;
  const { offsets } = slates.outcomes(test);
  const placeOf = new Map(Array.from(test, (index, b) => [listB[index], b]));
  const known = new Map<string, FieldValue | null>();
  const slotsOf = new Map<string, number[]>();
  const names = new Set<string>();
  const note = (fields: FieldUpdates | Fields): void => {
    for (const name of Object.keys(fields)) names.add(name);
  };
  for await (const row of dataset.rows()) {
    if (row.kind === 'item') {
      note(row.event.fields);
      const value = fieldOf(row.event.fields, field);
      if (value !== undefined) known.set(row.event.item, value);
    }
    const b = row.kind === 'impression' ? placeOf.get(row.index) : undefined;
    if (row.kind !== 'impression' || b === undefined) continue;
    for (const [k, { id, fields }] of row.impression.ranking.items.entries()) {
      note(fields);
      for (const value of fieldTexts(fieldOf(fields, field) ?? known.get(id))) {
        const slots = slotsOf.get(value) ?? [];
        slots.push(offsets[b] + k);
        slotsOf.set(value, slots);
      }
    }
  }
  if (slotsOf.size === 0)
    throw new InputError(`by: fields of the shown items: ${unknownName(field, [...names].sort())}`, 'unknown-field');
  return [...slotsOf]
    .toSorted(([a, mine], [b, theirs]) => theirs.length - mine.length || a.localeCompare(b, 'en'))
    .slice(0, MOST_VALUES)
    .map(([value, slots]) => ({ value, slotS: Int32Array.from(slots).sort() }));
}
