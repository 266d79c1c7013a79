/** The lists of a file of requests, for the page to begin with; or some items that the model knows. */

import type { AskedList } from '../serve/client/body-types.ts';
import type { StartAnswer } from '../serve/client/page-types.ts';
import type { Host } from '../serve/host.ts';
import { MOST_STARTS } from '../serve/wire/limits.ts';
import type { RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { readEventLog } from '../sources/json-lines/event-log.ts';
import { tellRejected } from './requests.ts';

export interface StartOptions {
  readonly requests: string | undefined;
  /** Items of a request that stand on its list; the others are candidates. */
  readonly size: number;
}

/** Candidates of one list: more are found by looking for them. */
const MOST_CANDIDATES = 200;

/** Item and user events between the requests are told to the host, as `explain` does. Throws `InputError` where there is no request. */
export async function listsToStart(host: Host, { requests, size }: StartOptions): Promise<StartAnswer> {
  const lists = requests === undefined ? [someItems(host, size)] : await listsIn(requests, host);
  return {
    lists: lists.map((list) => ({ ...list, items: list.items.slice(0, size) })),
    candidates: lists.map(({ items }) =>
      items.slice(size, size + MOST_CANDIDATES).map((item) => String(typeof item === 'object' ? item.id : item)),
    ),
  };
}

async function listsIn(path: string, host: Host): Promise<readonly AskedList[]> {
  const lists: AskedList[] = [];
  for await (const entry of readEventLog(path)) {
    if ('reason' in entry) {
      tellRejected(entry);
      continue;
    }
    const { event } = entry;
    if (event.event === 'ranking') {
      if (lists.length < MOST_STARTS) lists.push(askedOf(event));
    } else if (event.event !== 'interaction') await host.observe([{ event }]);
  }
  if (lists.length > 0) return lists;
  throw new InputError(
    `${path}: expected at least one request, an event of kind "ranking", found none; docs/output.md has an example`,
    'no-lists',
  );
}

const askedOf = ({ id, time, user, fields, items }: RankingEvent): AskedList => ({
  ...{ id, time },
  ...(user === '' ? {} : { user }),
  ...(Object.keys(fields).length === 0 ? {} : { fields }),
  items: items.map((item) => (Object.keys(item.fields).length === 0 ? item.id : { id: item.id, fields: item.fields })),
});

/** A page without requests begins with the items that the model met first. */
function someItems(host: Host, size: number): AskedList {
  const items: string[] = [];
  for (const { id } of host.known.items()) {
    items.push(id);
    if (items.length >= size + MOST_CANDIDATES) break;
  }
  return { id: 'first items', items };
}
