import type { StoredModel } from '../scoring/model-folder.ts';
import type { RankingEvent } from '../slate/events.ts';
import { noFields } from '../slate/fields.ts';

/** Lists that an export is checked with, at most. */
const MOST = 200;
/** Where a model keeps no lists, some are made of this many users. */
const USERS = 20;

/** Requests from a minute after all that is known: training lists where the model keeps them, else the items and users that it knows, in their order; and one of a stranger. */
export function sampleRequests({ lists = [], memory, model }: StoredModel): readonly RankingEvent[] {
  const time = Math.max(0, Number.isFinite(memory.clock) ? memory.clock : 0) + 60_000;
  const kept = lists.slice(0, MOST).map((list, at) => ({ ...list, id: `check ${at}`, time: time + at }));
  const requests = kept.length > 0 ? kept : madeUp();
  const [first] = requests;
  return first ? [...requests, { ...first, id: 'check of a stranger', user: '' }] : [];

  function madeUp(): readonly RankingEvent[] {
    const ids = Array.from(memory.items.entries(), ([, id]) => id);
    const K = Math.min(ids.length, Math.max(1, model.config.listLength));
    if (K === 0) return [];
    const users = memory.snapshot().users.slice(0, USERS);
    return users.map(([user], at) => ({
      event: 'ranking',
      id: `check ${at}`,
      time: time + at,
      user,
      fields: noFields,
      items: Array.from({ length: K }, (_, k) => ({ id: ids[(at * K + k) % ids.length] as string, fields: noFields })),
    }));
  }
}
