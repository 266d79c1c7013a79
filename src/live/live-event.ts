import type { MemorySettings } from '../memory/memory.ts';
import type { LogEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { readEvent } from '../slate/log-form.ts';
import { isOtherSpelling } from '../slate/nearest-name.ts';
import { createOddNames } from '../slate/odd-names.ts';
import { isRow } from '../slate/plain-record.ts';
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

const isTimeless = (given: unknown): given is object =>
  isRow(given) && given.time === undefined && given.timestamp === undefined;

/** Throws `InputError` for an interaction whose type is spelt almost as one that counts as a click: it would be told as `other`, and count for nothing. */
export function refuseOtherSpelling(event: LogEvent, { labelTypes }: Pick<MemorySettings, 'labelTypes'>): void {
  if (event.event !== 'interaction' || labelTypes.includes(event.type)) return;
  const meant = labelTypes.find((label) => isOtherSpelling(event.type, label));
  if (meant === undefined) return;
  throw new InputError(
    `observe: expected type "${meant}" of an interaction that counts as a click, found ${JSON.stringify(event.type)}; write it as the model learned it, or train with both in labelTypes`,
    'no-such-label',
  );
}
