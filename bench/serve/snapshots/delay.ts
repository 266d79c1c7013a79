/** How long the event loop is held up: by the clock on the wall, and by the processor time of this thread alone, which other work on the machine does not stretch. */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

export interface Delay {
  readonly load: number;
  readonly milliseconds: number;
  /** Beyond the timer's own. */
  readonly longestDelay: number;
  /** Of one turn of the loop, garbage collection and all. */
  readonly longestTurnProcessor: number;
  readonly longestCollection: number;
}

/** Milliseconds on the processor of the main thread. */
const processor = (): number => Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;

/** While `tell` is called every ten milliseconds. */
export async function delayDuring(tell: () => void, act: () => Promise<unknown>): Promise<Delay> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const events = setInterval(tell, 10);
  let longestTurn = 0;
  let longestCollection = 0;
  const collections = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestCollection = Math.max(longestCollection, duration);
  });
  collections.observe({ entryTypes: ['gc'] });
  let before = processor();
  let isWatching = true;
  const watch = (): void => {
    const now = processor();
    longestTurn = Math.max(longestTurn, now - before);
    before = now;
    if (isWatching) setImmediate(watch);
  };
  setImmediate(watch);
  const started = performance.now();
  delay.enable();
  await act();
  delay.disable();
  const milliseconds = Math.round(performance.now() - started);
  // Entries of the last collections are told a turn later.
  await new Promise((done) => setTimeout(done, 10));
  isWatching = false;
  clearInterval(events);
  collections.disconnect();
  return {
    load: loadavg()[0],
    milliseconds,
    longestDelay: Math.round(delay.max / 1e5) / 10,
    longestTurnProcessor: Math.round(10 * longestTurn) / 10,
    longestCollection: Math.round(10 * longestCollection) / 10,
  };
}
