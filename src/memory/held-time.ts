import { InputError } from '../slate/input-error.ts';
import { show } from '../slate/rejected-event.ts';
import { timeFault } from '../slate/times.ts';

/** When an event counts: at its own time, or where it is further ahead of its arrival than `futureLimit` at its arrival. Throws `InputError` for an arrival that is no time. */
export function heldTime(time: number, arrivedAt: number | undefined, futureLimit: number): number {
  if (arrivedAt === undefined) return time;
  const fault = timeFault(arrivedAt);
  if (fault)
    throw new InputError(
      `apply: expected ${fault.expected.replace('"time"', 'an arrival')}, found ${show(arrivedAt)}; ${fault.remedy ?? 'give Date.now(), or nothing'}`,
      'invalid-option',
    );
  return time > arrivedAt + futureLimit ? arrivedAt : time;
}
