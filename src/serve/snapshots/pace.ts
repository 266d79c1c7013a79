import { setTimeout } from 'node:timers/promises';

/** How fast a snapshot is written: between two of its pieces answers and events get their turn. */
export interface Pace {
  /** Resolves when the next piece may be made. */
  pause(): Promise<void>;
  /** Somebody waits for the snapshot: no rest from now on. */
  hurry(): void;
}

export interface PaceClock {
  /** Milliseconds. */
  readonly now: () => number;
  /** Rests so long, or until it is aborted. */
  readonly rest: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Rest for so much work: a quarter of the loop's time is the snapshot's at most, so that answers that come meanwhile find it free. */
const REST = 3;
/** Milliseconds: on a busy machine a piece takes long by the clock, and the snapshot must come to its end. */
const LONGEST_REST = 50;

/** Others get their turn, and no more. */
const turn = (): Promise<void> => new Promise(setImmediate);

/** As fast as may be. */
export const withoutRest: Pace = { pause: turn, hurry: () => undefined };

const wallClock: PaceClock = {
  now: () => performance.now(),
  rest: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }).catch(() => undefined),
};

/** For a snapshot that nobody waits for: it rests after each piece in proportion to what the piece took. */
export function createRestingPace({ now, rest }: PaceClock = wallClock): Pace {
  const hurried = new AbortController();
  let began = now();
  return {
    async pause() {
      const worked = now() - began;
      if (hurried.signal.aborted) await turn();
      else await rest(Math.min(LONGEST_REST, REST * worked), hurried.signal);
      began = now();
    },
    hurry: () => hurried.abort(),
  };
}
