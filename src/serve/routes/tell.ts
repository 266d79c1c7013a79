/** Events on their way to the host. */
import { createHash } from 'node:crypto';
import type { SentEvent } from '../client/body-types.ts';
import type { ArrivingEvent, Observed } from '../host.ts';
import type { Call, Serving } from './route.ts';

/** The id of a list is its own; that of another event is by which its sender knows it again. */
function arriving(given: SentEvent): ArrivingEvent {
  if (given.event === 'ranking') return { id: untimedKey(given), event: given };
  const { id, ...event } = given;
  return typeof id === 'string' || typeof id === 'number' ? { id: String(id), event } : { event: given };
}

/**
 * A list that was sent without a time gets that of its arrival, another one each time it is sent: it is known again by what its sender said of it. Undefined where it has a time. Nothing of
 * the list can be read from it.
 */
function untimedKey(list: Extract<SentEvent, { readonly event: 'ranking' }>): string | undefined {
  if (list.time !== undefined || list.timestamp !== undefined) return undefined;
  const items = list.items.map((item) => String(typeof item === 'object' ? item.id : item));
  const told = JSON.stringify([list.id, list.user ?? '', items]);
  return `list ${createHash('sha256').update(told).digest('base64url').slice(0, 22)}`;
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
