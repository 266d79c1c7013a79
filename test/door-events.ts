import { defineFields, type EventInput } from '../src/index.ts';
import type { FieldDefinitions } from '../src/live/fields.ts';
import { createRng } from '../src/random/rng.ts';

/** The fields of a small market of restaurants. */
export interface MarketFields extends FieldDefinitions {
  readonly item: { readonly price: 'numeric'; readonly cuisine: 'category' };
  readonly user: { readonly age: 'category' };
  readonly rankedItem: { readonly relevancy: 'numeric' };
}

export const marketFields: MarketFields = defineFields({
  item: { price: 'numeric', cuisine: 'category' },
  user: { age: 'category' },
  rankedItem: { relevancy: 'numeric' },
});

const CUISINES = ['sushi', 'ramen', 'curry'];
export const MARKET_START: number = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

/** Lists of four restaurants that were shown to 40 users; cheap ones are clicked more. In time order. */
export function marketEvents(lists: number, seed = 1): EventInput<MarketFields>[] {
  const rng = createRng(seed);
  const events: EventInput<MarketFields>[] = [];
  for (let n = 0; n < 12; n++)
    events.push({
      event: 'item',
      item: `i${n}`,
      time: MARKET_START,
      fields: { price: 800 + 100 * n, cuisine: CUISINES[n % 3] },
    });
  for (let n = 0; n < 40; n++)
    events.push({ event: 'user', user: `u${n}`, time: MARKET_START, fields: { age: n % 2 === 0 ? '20s' : '40s' } });
  for (let n = 0; n < lists; n++) {
    const time = MARKET_START + (n + 1) * MINUTE;
    const shown = [...rng.shuffle(Int32Array.from({ length: 12 }, (_, item) => item))].slice(0, 4);
    const items = shown.map((item) => ({ id: `i${item}`, fields: { relevancy: rng.next() } }));
    const ranking = `list ${seed} ${n}`;
    events.push({ event: 'ranking', id: ranking, time, user: `u${rng.integer(40)}`, items });
    for (const item of shown)
      if (rng.next() < 0.6 - item / 20)
        events.push({ event: 'interaction', ranking, time: time + 5000, item: `i${item}`, type: 'click' });
  }
  return events;
}

/** What makes training short. */
export const quick: { readonly changes: { readonly epochs: number }; readonly workers: number } = {
  changes: { epochs: 1 },
  workers: 1,
};

/** The same events one after the other, each after a turn of the event loop. */
export async function* streamOf<F extends FieldDefinitions>(
  events: readonly EventInput<F>[],
): AsyncGenerator<EventInput<F>> {
  for (const event of events) {
    await null;
    yield event;
  }
}
