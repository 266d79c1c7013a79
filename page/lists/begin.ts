/** What the page opens with: the list of its address, else what the server was given, else nothing. */
import { effect } from '@preact/signals';
import { faultOf, server } from '../shared/server.ts';
import { fault, models, start } from './asking.ts';
import { stateOf } from './begin-state.ts';
import { change, open, present } from './history.ts';
import { emptyState } from './list-state.ts';
import { fromHash, toHash } from './share.ts';
import { followHash, isComparing } from './view.ts';

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
  const write = (): void => {
    if (present.peek() === emptyState) return;
    history.replaceState(null, '', toHash(present.peek(), isComparing.peek() ? 'compare' : undefined));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    void [present.value, isComparing.value];
    clearTimeout(timer);
    timer = setTimeout(write, 200);
  });
  addEventListener('hashchange', () => {
    followHash();
    const given = fromHash(location.hash);
    // The way back to an earlier list is a step like any other.
    if (given && toHash(given) !== toHash(present.peek())) change(given);
    else if (!given) write();
  });
}
