import { createRng } from '../../random/rng.ts';

/** Waits longer each time, and not all replicas equally long. */
export interface BackOff {
  wait(): Promise<void>;
  reset(): void;
  /** Ends a wait, and all later ones at once. */
  stop(): void;
}

/** Milliseconds. */
const SHORTEST = 100;
const LONGEST = 5_000;

export function createBackOff(seed: string): BackOff {
  const rng = createRng(`back-off ${seed}`);
  let times = 0;
  let isStopped = false;
  let wake: (() => void) | undefined;
  return {
    wait() {
      if (isStopped) return Promise.resolve();
      const longest = Math.min(LONGEST, SHORTEST * 2 ** times++);
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, longest * (0.5 + rng.next() / 2));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    reset() {
      times = 0;
    },
    stop() {
      isStopped = true;
      wake?.();
    },
  };
}
