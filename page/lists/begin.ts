/** What the page opens with: the list of its address, else what the server was given, else nothing. */
import { effect } from '@preact/signals';
import type { AskedList } from '../../src/serve/client/body-types.ts';
import { faultOf, server } from '../shared/server.ts';
import { fault, models, start } from './asking.ts';
import { open, present } from './history.ts';
import { emptyState, type FieldsOf, type ListState } from './list-state.ts';
import { fromHash, toHash } from './share.ts';

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

export function openStart(at: number): void {
  const { lists = [], candidates = [] } = start.peek() ?? {};
  const list = lists[at];
  if (list) open(stateOf(list, candidates[at] ?? []));
}

export function begin(): void {
  const shared = fromHash(location.hash);
  if (shared) open(shared);
  let isOpened = shared !== undefined;
  effect(() => {
    const client = server.value;
    client.models().then(
      (found) => {
        models.value = found;
      },
      (error: unknown) => {
        fault.value = faultOf(error);
      },
    );
    client.start().then(
      (found) => {
        start.value = found;
        if (!isOpened) openStart(0);
        isOpened = true;
      },
      (error: unknown) => {
        fault.value = faultOf(error);
      },
    );
  });
  // The address always has the list that is on the screen: copying it shares it.
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const state = present.value;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (state !== emptyState) history.replaceState(null, '', toHash(state));
    }, 200);
  });
  addEventListener('hashchange', () => {
    const given = fromHash(location.hash);
    if (given && toHash(given) !== toHash(present.peek())) open(given);
  });
}
