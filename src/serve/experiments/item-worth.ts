/** What a click on an item is worth: one of its numbers, as the list says it or as it was told last. */
import type { ItemEvent, RankedItem } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';

export interface ItemWorth {
  /** An item was told. */
  learn(event: ItemEvent): void;
  /** An item of a list; undefined where nothing says it. */
  of(item: RankedItem): number | undefined;
  /** Throws `InputError` where no item had such a number, though lists were shown: all would be worth nothing. */
  refuseUnknown(): void;
}

export function createItemWorth(field: string | undefined): ItemWorth {
  const worth = new Map<string, number>();
  const numbers = new Set<string>();
  let isShown = false;
  const meet = (fields: ItemEvent['fields']): void => {
    for (const [name, value] of Object.entries(fields)) if (typeof value === 'number') numbers.add(name);
  };
  if (field === undefined) return { learn: () => {}, of: () => 0, refuseUnknown: () => {} };
  return {
    learn({ item, fields }) {
      meet(fields);
      const own = fields[field];
      if (typeof own === 'number') worth.set(item, own);
    },
    of({ id, fields }) {
      isShown = true;
      meet(fields);
      const own = fields[field];
      return typeof own === 'number' ? own : worth.get(id);
    },
    refuseUnknown() {
      if (!isShown || numbers.has(field)) return;
      const found =
        numbers.size > 0
          ? unknownName(field, [...numbers])
          : 'expected a number of the items, found none in the journal; tell the items to the server, with their fields';
      throw new InputError(`value ${field}: ${found}`, 'unknown-field');
    },
  };
}
