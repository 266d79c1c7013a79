import { readLiveEvent, refuseOtherSpelling } from '../../live/live-event.ts';
import type { LogEvent } from '../../slate/events.ts';
import type { ModelAtWork } from './bring-model.ts';

/** An event as somebody sent it, read as the model that answers reads it. Throws `InputError` for what is none. */
export function readArrival(given: unknown, { stored, checkValues }: ModelAtWork, now: number): LogEvent {
  const { memory } = stored;
  const event = readLiveEvent(given, { now, clock: memory.clock });
  checkValues(event);
  refuseOtherSpelling(event, memory.settings);
  return event;
}
