/** Stopping what is under way: whoever waits is told at once, with the signal's own reason. */

/** Who waits on a signal: it has one listener, however many calls share it. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

function waitersOf(signal: AbortSignal): Set<() => void> {
  const known = waiting.get(signal);
  if (known) return known;
  const waiters = new Set<() => void>();
  waiting.set(signal, waiters);
  signal.addEventListener('abort', () => waiters.forEach((stop) => void stop()), { once: true });
  return waiters;
}

/** Settles as the promise does, or rejects with the signal's reason as soon as it is aborted; what the promise comes to is then dropped. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    const waiters = waitersOf(signal);
    waiters.add(stop);
    promise.then(resolve, reject).finally(() => waiters.delete(stop));
  });
}
