/** Users who come one after the other: each is shown a list of ten and clicks an item of it, fifty lists a second. */
import { createRng } from '../../../src/random/rng.ts';
import type { ArrivingEvent } from '../../../src/serve/host.ts';
import type { LogEvent } from '../../../src/slate/events.ts';

const ITEMS = 5_000;
const K = 10;
/** Milliseconds between two lists. */
const STEP = 20;

export interface Crowd {
  readonly users: number;
  /** Lists that were shown before: ids go on after them. */
  readonly after: number;
  /** Time of the last of them. */
  readonly clock: number;
}

/** A list and its click, again and again: everybody in turn. */
export function* crowd({ users, after, clock }: Crowd): Generator<readonly [ArrivingEvent, ArrivingEvent], never> {
  const rng = createRng(`crowd ${after}`);
  let time = clock;
  for (let n = after; ; n++) {
    time += STEP;
    const items = [...new Set(Array.from({ length: K }, () => `i${rng.integer(ITEMS)}`))];
    const list: LogEvent = {
      ...{ event: 'ranking', id: `l${n}`, time, user: `user-${n % users}`, fields: {} },
      items: items.map((id) => ({ id, fields: {} })),
    };
    const item = items[rng.integer(items.length)];
    const click: LogEvent = {
      ...{ event: 'interaction', ranking: list.id, user: '', time: time + 1, item, type: 'click' },
    };
    yield [{ event: list }, { event: click }];
  }
}
