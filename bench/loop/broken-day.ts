/** A day that no model should learn from: bots show themselves lists, and click everything. */
import type { Visit } from '../../src/simulator/visits/visited-market.ts';
import type { LogEvent } from '../../src/slate/events.ts';

const BOTS = 2;
/** Lists of a bot for each list of the day's people. */
const SHARE = 1;
/** Milliseconds: after the last person's last click, one list after the other. */
const [AFTER, BETWEEN] = [30_000, 10];

/** What the bots of a day do, in the order of time. */
export function botsOf(day: number, visits: readonly Visit[], size: number): readonly LogEvent[] {
  const begin = (visits[visits.length - 1]?.time ?? 0) + AFTER;
  return Array.from({ length: BOTS * SHARE * visits.length }, (_, n): readonly LogEvent[] => {
    const list = { ranking: `bot-d${day}-${n}`, user: `bot ${n % BOTS}` };
    const time = begin + n * BETWEEN;
    const items = visits[n % visits.length].candidates.slice(0, size);
    return [
      {
        event: 'ranking',
        id: list.ranking,
        user: list.user,
        time,
        fields: {},
        items: items.map(({ id }) => ({ id, fields: {} })),
      },
      ...items.map(({ id }): LogEvent => ({ event: 'interaction', ...list, time: time + 1, item: id, type: 'click' })),
    ];
  }).flat();
}
