import type { ItemValues } from '../../metrics/list-value.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { slotValues, type TestSlots } from './test-slots.ts';

type Slots = Pick<TestSlots, 'valuesS' | 'numbers'>;

/** What the items of the test lists are worth; undefined where no field is named. `offsetsB`: slots of list b are `[offsetsB[b], offsetsB[b + 1])`. */
export const worthOf = (
  field: string | undefined,
  { offsetsB, ...slots }: Slots & { readonly offsetsB: ArrayLike<number> },
): ItemValues | undefined =>
  field === undefined ? undefined : { field, offsetsB, valueS: testItemValues(slots, field) };

/** A number of each shown item; NaN where it is none. [S] Throws `InputError` where no item has one. */
export function testItemValues(slots: Slots, field: string): Float64Array {
  const valueS = Float64Array.from(slotValues(slots, field), (value) =>
    typeof value === 'number' ? value : Number.NaN,
  );
  const { numbers } = slots;
  if (valueS.every(Number.isNaN))
    throw new InputError(
      numbers.has(field) || numbers.size === 0
        ? `value: expected a number in the field "${field}" of the shown items, found none in the test part; name another field`
        : `value: numbers of the shown items: ${unknownName(field, [...numbers].sort())}`,
      'unknown-field',
    );
  return valueS;
}
