import type { Feeds } from '../models/tables/scorer-feeds.ts';
import type { Pool } from '../runtime/pool.ts';
import type { RuntimeValues } from '../runtime/value.ts';

/** Batches that are fed and answered at once: enough to keep the threads busy, few enough that memory stays flat however many there are. */
const GROUP = 16;

export interface RunBatches<B> {
  feeds(batch: B): Feeds;
  /** Told of each batch, in order, what the graph says of it. */
  take(values: RuntimeValues, batch: B): void;
  /** Stops it between two batches: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs a graph on any number of batches, some at a time. */
export async function runBatches<B>(
  pool: Pool,
  batches: readonly B[],
  { feeds, take, signal }: RunBatches<B>,
): Promise<void> {
  for (let start = 0; start < batches.length; start += GROUP) {
    signal?.throwIfAborted();
    const group = batches.slice(start, start + GROUP);
    const results = await pool.run(group.map((batch) => ({ feeds: feeds(batch) })));
    for (const [at, { values }] of results.entries()) take(values, group[at]);
  }
}
