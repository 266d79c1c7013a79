import { setImmediate } from 'node:timers/promises';

/** Rows between two pauses: some thousandths of a second of work. */
const BETWEEN = 500;

/** The same rows, with pauses in which the process takes note of what happens beside it. Throws what the signal was aborted with. */
export async function* stoppable<T>(rows: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  if (!signal) {
    yield* rows;
    return;
  }
  let passed = 0;
  for await (const row of rows) {
    if (passed++ % BETWEEN === 0) await setImmediate();
    signal.throwIfAborted();
    yield row;
  }
}
