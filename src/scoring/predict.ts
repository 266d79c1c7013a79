import type { SlateSource } from '../datasets/slate-source/slate-source.ts';
import { cutBatches } from '../encoding/batches/cut-batches.ts';
import type { EmbeddingTables } from '../models/tables/embedding-tables.ts';
import { scorerFeeds } from '../models/tables/scorer-feeds.ts';
import type { Pool } from '../runtime/pool.ts';
import type { PredictedLogits } from './predicted-logits.ts';
import { runBatches } from './run-batches.ts';

/** Slates per run of the graph: enough to fill the matrix products, few enough to stay in the cache. Fewer where they are long. */
const BATCH = 128;

/** The one way a model scores: training's validation, `evaluate` and `score` all come through here. An abort makes it reject with the signal's reason. */
export async function predict(
  pool: Pool,
  tables: EmbeddingTables,
  { slates, indices, signal }: { slates: SlateSource; indices: Int32Array; signal?: AbortSignal | undefined },
): Promise<PredictedLogits> {
  const lengths = slates.lengths(indices);
  const offsets = new Int32Array(indices.length + 1);
  for (let n = 0; n < indices.length; n++) offsets[n + 1] = offsets[n] + lengths[n];
  const logits = new Float32Array(offsets[indices.length]);
  const slateLogits = new Float32Array(indices.length);
  const sums: Record<string, number> = {};

  const ends = cutBatches(lengths, BATCH);
  const batches = ends.map((end, at) => ({ start: ends[at - 1] ?? 0, end }));
  await runBatches(pool, batches, {
    signal,
    feeds: ({ start, end }) => scorerFeeds(slates.batch(indices.subarray(start, end)), tables),
    take(values, { start, end }) {
      const { data, dims } = values.itemLogitsBK;
      const [, K] = dims;
      slateLogits.set(values.slateLogitB.data as Float32Array, start);
      for (let n = start; n < end; n++) {
        const first = (n - start) * K;
        logits.set((data as Float32Array).subarray(first, first + lengths[n]), offsets[n]);
      }
      for (const [name, value] of Object.entries(values)) {
        if (value.dims.length === 0) sums[name] = (sums[name] ?? 0) + Number(value.data[0]) * (end - start);
      }
    },
  });
  const scalars = Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / indices.length]));
  return { offsets, logits, slateLogits, scalars };
}
