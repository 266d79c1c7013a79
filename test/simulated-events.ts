import type { Rng } from '../src/random/rng.ts';
import type { ArrivingEvent } from '../src/serve/host.ts';
import type { LogEvent } from '../src/slate/events.ts';

const MINUTE = 60_000;
const ITEMS = ['a', 'b', 'c', 'd', 'e', 'f'];
const USERS = ['u1', 'u2', 'u3', 'u4', ''];

/** What happens in a small shop as senders tell it: some of it twice, late, early, or about lists that nobody saw. */
export function createArrivals(rng: Rng): (now: number) => ArrivingEvent {
  const sent: ArrivingEvent[] = [];
  let lists = 0;
  const some = <T>(values: readonly T[]): T => values[rng.integer(values.length)];

  function happening(now: number): LogEvent {
    const time = now + some([0, 0, 0, -1, -MINUTE, -40 * MINUTE, 2 * MINUTE, 400 * MINUTE]);
    const chance = rng.next();
    if (chance < 0.1)
      return {
        event: 'item',
        item: some(ITEMS),
        time,
        fields: { price: some([1, -2, 0.25]), kind: some(['tea', null]) },
      };
    if (chance < 0.2)
      return { event: 'user', user: some(USERS.slice(0, 4)), time, fields: { age: some([1, 2, null]) } };
    if (chance < 0.6 || lists === 0) {
      const shown = rng.shuffle([...ITEMS]).slice(0, 1 + rng.integer(4));
      const items = shown.map((id) => ({ id, fields: { relevancy: some([-0, 1.5]) } }));
      return { event: 'ranking', id: `list ${lists++}`, time, user: some(USERS), fields: { query: 'drinks' }, items };
    }
    const list = lists - 1 - rng.integer(Math.min(lists, 4)) + some([0, 0, 0, 0, 0, 2]);
    const [user, ranking] = some([
      ['', `list ${list}`],
      ['', `list ${list}`],
      [some(USERS.slice(0, 4)), ''],
    ]);
    return { event: 'interaction', ranking, user, time, item: some(ITEMS), type: some(['click', 'click', 'view']) };
  }

  return (now) => {
    if (sent.length > 0 && rng.next() < 0.2) return some(sent.slice(-8));
    const event = happening(now);
    const arriving = rng.next() < 0.5 ? { id: `event ${sent.length}`, event } : { event };
    sent.push(arriving);
    return arriving;
  };
}
