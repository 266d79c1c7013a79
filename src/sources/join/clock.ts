import { createTimeQueue } from '../../slate/time-queue.ts';

/** How far a log has come, by the times of its lists. */
export interface LogClock {
  /** So many lists are of this time or later that it is no slip; -Infinity while a log has fewer. */
  readonly time: number;
  observe(time: number): void;
}

/** A few lists from the future, of a machine whose clock is wrong, must not close the lists of all others. */
const WITNESSES = 100;

export function createLogClock(): LogClock {
  const latest = createTimeQueue<undefined>();
  return {
    get time() {
      return latest.size < WITNESSES ? Number.NEGATIVE_INFINITY : latest.earliest;
    },
    observe(time) {
      if (latest.size === WITNESSES) {
        if (time <= latest.earliest) return;
        latest.pop();
      }
      latest.push(time, undefined);
    },
  };
}
