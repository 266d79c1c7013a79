import type { LogEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { readEvent } from '../slate/log-form.ts';
import { createOddNames } from '../slate/odd-names.ts';
import { refuseSeconds } from '../slate/seconds.ts';

/** An event that happens: now, where it names no time. Throws `RejectedEvent` for what is none, and `InputError` for a key that nothing reads. */
export function readLiveEvent(
  given: unknown,
  { now, clock }: { readonly now: number; readonly clock: number },
): LogEvent {
  const odd = createOddNames();
  const event = readEvent(isTimeless(given) ? { ...given, time: now } : given, { odd });
  const [note] = odd.notes();
  if (note !== undefined) throw new InputError(`observe: ${note}`, 'unknown-key');
  refuseSeconds(event.time, clock);
  return event;
}

function isTimeless(given: unknown): given is object {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
  const { time, timestamp } = given as Readonly<Record<string, unknown>>;
  return time === undefined && timestamp === undefined;
}
