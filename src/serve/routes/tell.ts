/** Events on their way to the host. */
import { createHash } from 'node:crypto';
import type { SentEvent } from '../client/body-types.ts';
import type { ArrivingEvent, Observed } from '../host.ts';
import { untimedListId } from '../untimed-list.ts';
import type { Call, Serving } from './route.ts';

/** The id of a list is its own; that of another event is by which its sender knows it again. */
function arriving(given: SentEvent): ArrivingEvent {
  if (given.event === 'ranking') return { id: untimedListId(given), event: given };
  const { id, ...event } = given;
  return typeof id === 'string' || typeof id === 'number' ? { id: String(id), event } : { event: given };
}

/** Metarank reads no ids of items' and users' events, so its clients may give many of them one id: an event is known again by all that it says. */
export function metarankEvent(given: SentEvent): SentEvent {
  if ((given.event !== 'item' && given.event !== 'user') || given.id === undefined) return given;
  return { ...given, id: createHash('sha256').update(JSON.stringify(given)).digest('base64url').slice(0, 22) };
}

/** Hands events to the host, all at once, and counts what became of them. */
export async function tell(
  events: readonly SentEvent[],
  { client, signal, trace }: Pick<Call, 'client' | 'signal' | 'trace'>,
  { host, telling, metrics }: Serving,
): Promise<Observed> {
  const leave = await trace.part('queue', () => telling.enter(client, signal));
  try {
    const observed = await trace.part('journal', () => host.observe(events.map(arriving)));
    for (const outcome of observed.outcomes) metrics.event(outcome.taken ? outcome.applied : outcome.code);
    return observed;
  } finally {
    leave();
  }
}
