/** What the load asks and tells. */
import { createRng, type Rng } from '../../src/random/rng.ts';
import type { Asked } from './open-loop.ts';

export interface Market {
  readonly users: number;
  readonly items: number;
}

const userOf = (rng: Rng, { users }: Market): string => `u${rng.integer(users)}`;

function distinctItems(rng: Rng, { items }: Market, count: number): string[] {
  const found = new Set<string>();
  while (found.size < count) found.add(`i${rng.integer(items)}`);
  return [...found];
}

/** Lists of so many items to be scored, each of another user. */
export function scoring(market: Market, size: number, seed: string): (at: number) => Asked {
  const rng = createRng(seed);
  return () => ({
    path: '/v1/score',
    body: JSON.stringify({ requests: [{ user: userOf(rng, market), items: distinctItems(rng, market, size) }] }),
  });
}

/** The best ten of a hundred. */
export function composing(market: Market, generator: string, seed: string): (at: number) => Asked {
  const rng = createRng(seed);
  return () => ({
    path: '/v1/generate',
    body: JSON.stringify({
      size: 10,
      generator,
      requests: [{ user: userOf(rng, market), items: distinctItems(rng, market, 100) }],
    }),
  });
}

/** Lists that lie between one that is shown and the click on it: at 200 events a second two seconds, so that no click overtakes its list on another connection. */
const LISTS_BEFORE_CLICK = 200;

/** A list that was shown, then a click on one of before, and so on. Ids never come again, however often it is asked. */
export function telling(market: Market, seed: string): () => Asked {
  const rng = createRng(seed);
  const shown: { readonly id: string; readonly user: string; readonly items: readonly string[] }[] = [];
  let told = 0;
  return () => {
    const list = told % 2 === 1 && shown.length >= LISTS_BEFORE_CLICK ? shown.shift() : undefined;
    told++;
    if (list) {
      const { id, user, items } = list;
      return asEvents([{ event: 'interaction', ranking: id, user, type: 'click', item: items[rng.integer(10)] }]);
    }
    const next = { id: `${seed}-${told}`, user: userOf(rng, market), items: distinctItems(rng, market, 10) };
    shown.push(next);
    return asEvents([{ event: 'ranking', ...next }]);
  };
}

/** One list and one click of every user, in pieces. */
export function* firstVisits(market: Market, together: number): Generator<Asked> {
  const rng = createRng('first visits');
  let events: object[] = [];
  for (let user = 0; user < market.users; user++) {
    const items = distinctItems(rng, market, 10);
    const id = `first-${user}`;
    events.push({ event: 'ranking', id, user: `u${user}`, items });
    events.push({ event: 'interaction', ranking: id, user: `u${user}`, type: 'click', item: items[rng.integer(10)] });
    if (events.length < together) continue;
    yield asEvents(events);
    events = [];
  }
  if (events.length > 0) yield asEvents(events);
}

const asEvents = (events: readonly object[]): Asked => ({ path: '/v1/events', body: JSON.stringify(events) });
