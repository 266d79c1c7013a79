/** What the page opens with: the list of its address, else what the server was given, else nothing. */
import { effect } from '@preact/signals';
import { faultOf, server } from '../shared/server.ts';
import { fault, models, start } from './asking.ts';
import { stateOf } from './begin-state.ts';
import { open, present } from './history.ts';
import { emptyState } from './list-state.ts';
import { fromHash, toHash } from './share.ts';

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
