/** A memory in which some items are described otherwise: for asking what would be, without telling anybody that it is. */

import type { SlateEncoder } from '../encoding/columns/slate-encoder.ts';
import type { ItemVersion } from '../memory/item-version.ts';
import type { Known } from '../memory/known.ts';
import type { Memory } from '../memory/memory.ts';
import { type Fields, type FieldUpdates, mergeFields, noFields } from '../slate/fields.ts';

/** Of items by id: fields that are taken to have these values; `null` takes a field away. */
export type AsIf = ReadonlyMap<string, FieldUpdates>;

interface Changed {
  readonly index: number;
  readonly fields: Fields;
  version: ItemVersion | undefined;
}

/** The memory itself does not change, and what is asked of the other holds until it does. An item that was never met is asked about as a new one with these fields. */
export function memoryAsIf(memory: Memory, asIf: AsIf, { items: { describe } }: Pick<SlateEncoder, 'items'>): Memory {
  if (asIf.size === 0) return memory;
  const byId = new Map<string, Changed>();
  const byIndex = new Map<number, { readonly id: string; readonly changed: Changed }>();
  for (const [id, updates] of asIf) {
    // No item that is known has an index below zero; -1 is any item that is not.
    const index = memory.items.indexOf(id) ?? -2 - byId.size;
    const fields = mergeFields(memory.items.fieldsOf(id) ?? noFields, updates);
    const changed: Changed = { index, fields, version: undefined };
    byId.set(id, changed);
    byIndex.set(index, { id, changed });
  }
  const versionIn =
    (known: Pick<Known, 'versionOf'>): Known['versionOf'] =>
    (index) => {
      const found = byIndex.get(index);
      if (!found) return known.versionOf(index);
      found.changed.version ??= describe({
        index: Math.max(-1, index),
        id: found.id,
        fields: found.changed.fields,
      });
      return found.changed.version;
    };
  const namesIn = (items: Known['items']): Known['items'] => ({
    indexOf: (id) => byId.get(id)?.index ?? items.indexOf(id),
    fieldsOf: (id) => byId.get(id)?.fields ?? items.fieldsOf(id),
  });
  return {
    ...memory,
    items: {
      ...namesIn(memory.items),
      versionOf: versionIn(memory.items),
      entries: memory.items.entries,
      size: memory.items.size,
    },
    asOf(time) {
      const known = memory.asOf(time);
      return { ...known, items: namesIn(known.items), versionOf: versionIn(known) };
    },
  };
}
