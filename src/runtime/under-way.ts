/** Counts the calls that are not answered yet, so that whoever closes can wait for the last. */
export interface UnderWay {
  /** Counts the work until it settles, and gives it back as it is. */
  follow<T>(work: Promise<T>): Promise<T>;
  /** Resolves once nothing is under way; what begins meanwhile is waited for too. */
  settled(): Promise<void>;
}

/**
 * A count, not a set of promises: a set that is added to and taken from all the time makes a new table again and again, and each table holds the one after it. Once one of them has
 * grown old, the collector of young garbage keeps all later ones, with every promise in them and what that came to, until everything is marked.
 */
export function createUnderWay(): UnderWay {
  let count = 0;
  let waiters: (() => void)[] = [];

  function end(): void {
    if (--count > 0) return;
    const told = waiters;
    waiters = [];
    for (const tell of told) tell();
  }

  return {
    follow(work) {
      count++;
      work.then(end, end);
      return work;
    },
    settled: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => void waiters.push(resolve))),
  };
}
