import type { AskedList } from '../../src/serve/client/body-types.ts';
import { emptyState, type FieldsOf, type ListState } from './list-state.ts';

/** A list of the API as a state: what it says of items is kept beside them. */
export function stateOf(list: AskedList, candidates: readonly string[]): ListState {
  const items = list.items.map((item) => (typeof item === 'object' ? item : { id: item }));
  const listed = items.flatMap(({ id, fields }) => (fields ? [[String(id), byName(fields)] as const] : []));
  return {
    ...emptyState,
    ...(list.time === undefined ? {} : { time: list.time }),
    user: String(list.user ?? ''),
    context: byName(list.fields ?? {}),
    items: items.map(({ id }) => String(id)),
    candidates,
    listed: Object.fromEntries(listed),
  };
}

const byName = (fields: NonNullable<AskedList['fields']>): FieldsOf =>
  Array.isArray(fields)
    ? Object.fromEntries(fields.map(({ name, value }: { name: string; value: FieldsOf[string] }) => [name, value]))
    : (fields as FieldsOf);
