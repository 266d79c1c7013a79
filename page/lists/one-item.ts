/** What is known of one item, as signals of its own: a card is drawn again where something of its item changes, and not with every change of the list. */
import { computed, type ReadonlySignal, useComputed } from '@preact/signals';
import { fields, models, nameOf } from './asking.ts';
import { shown } from './history.ts';
import type { FieldsOf, ListState } from './list-state.ts';

export const useName = (id: string): ReadonlySignal<string> => useComputed(() => nameOf(id));

export interface ItemFieldsNow {
  /** As they are taken to be. */
  readonly taken: FieldsOf;
  /** Those that are taken to be otherwise; null: as if nobody knew it. */
  readonly changed: ListState['asIf'][string];
}

export function useFields(id: string): ItemFieldsNow {
  const known = useComputed(() => fields.value.get(id));
  const listed = useComputed(() => shown.value.listed[id]);
  const changed = useComputed(() => shown.value.asIf[id]);
  const taken: Record<string, FieldsOf[string]> = { ...known.value, ...listed.value };
  for (const [name, value] of Object.entries(changed.value ?? {})) {
    if (value === null) delete taken[name];
    else taken[name] = value;
  }
  return { taken, changed: changed.value ?? {} };
}

const named = computed(() => shown.value.model);
const read = computed(() => {
  const { active, models: all } = models.value ?? { active: '', models: [] };
  return all.find(({ name }) => name === (named.value === '' ? active : named.value))?.fields;
});

/** Whether the model reads the field of items; where nobody knows, it may. */
export function isRead(name: string): boolean {
  const kinds = read.value;
  if (!kinds || Object.keys(kinds).length === 0) return true;
  const kind = kinds[`item.${name}`];
  return kind !== undefined && kind !== 'ignored';
}
