/** Who waits until an event is known. */
export interface Reached {
  /** Everything up to this sequence is known. */
  tell(sequence: number): void;
  /** True once it is known; false after so many milliseconds. */
  wait(sequence: number, options: { readonly now: number; readonly milliseconds: number }): Promise<boolean>;
}

interface Waiter {
  readonly sequence: number;
  readonly resolve: (isKnown: boolean) => void;
}

export function createReached(): Reached {
  const waiters = new Set<Waiter>();
  return {
    tell(sequence) {
      for (const waiter of waiters) if (waiter.sequence <= sequence) waiter.resolve(true);
    },
    wait(sequence, { now, milliseconds }) {
      if (sequence <= now) return Promise.resolve(true);
      return new Promise((resolve) => {
        const timer = setTimeout(() => end(false), milliseconds);
        const waiter: Waiter = { sequence, resolve: end };
        waiters.add(waiter);
        function end(isKnown: boolean): void {
          clearTimeout(timer);
          waiters.delete(waiter);
          resolve(isKnown);
        }
      });
    },
  };
}
