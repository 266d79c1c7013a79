import { InputError } from '../slate/input-error.ts';
import { isPromise } from '../slate/promise.ts';
import { show } from '../slate/rejected-event.ts';
import { timeFault } from '../slate/times.ts';

/** A program's own clock. Its answers are judged here: a sentence about a request or an event would blame who did not choose the time. */
export function checkedClock(clock: () => number): () => number {
  return () => {
    const time: unknown = clock();
    const fault = timeFault(time);
    if (fault === undefined) return time as number;
    if (isPromise(time)) time.then(undefined, () => undefined);
    const remedy = isPromise(time) ? 'write it without async' : (fault.remedy ?? 'mend the function');
    throw new InputError(
      `now: expected ${fault.expected}, found that it answers ${show(time)}; ${remedy}`,
      'invalid-option',
    );
  };
}
