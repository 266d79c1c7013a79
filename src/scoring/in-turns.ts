import type { Pieces } from '../memory/pieces.ts';

/** One piece in each turn of the event loop: a server that loads a model answers meanwhile. */
export async function inTurns<T>(work: Pieces<T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
