import { collate } from '../encoding/batches/collate.ts';
import type { EncodedSlates } from '../encoding/columns/encoded-slates.ts';
import { scorerFeeds } from '../models/shared/scorer-feeds.ts';
import type { EmbeddingTables } from '../models/tables/embedding-tables.ts';
import type { Pool } from '../runtime/pool.ts';

/** Logits of some impressions, slot by slot in the order asked for. */
export interface Predictions {
  /** Slots of the n-th impression asked for: `[offsets[n], offsets[n + 1])`. */
  readonly offsets: Int32Array;
  readonly logits: Float32Array;
  readonly slateLogits: Float32Array;
  /** Means over impressions of the graph's further scalar outputs, such as loss terms. */
  readonly scalars: Readonly<Record<string, number>>;
}

/** Slates per run of the graph: enough to fill the matrix products, few enough to stay in the cache. */
const BATCH = 128;

/** The one way a model scores: training's validation, `evaluate` and `score` all come through here. */
export async function predict(
  pool: Pool,
  tables: EmbeddingTables,
  { slates, indices }: { slates: EncodedSlates; indices: Int32Array },
): Promise<Predictions> {
  const offsets = new Int32Array(indices.length + 1);
  for (let n = 0; n < indices.length; n++) {
    offsets[n + 1] = offsets[n] + slates.offsets[indices[n] + 1] - slates.offsets[indices[n]];
  }
  const logits = new Float32Array(offsets[indices.length]);
  const slateLogits = new Float32Array(indices.length);
  const sums: Record<string, number> = {};

  // A few batches at a time: memory stays flat however many impressions there are.
  const GROUP = 16 * BATCH;
  for (let groupStart = 0; groupStart < indices.length; groupStart += GROUP) {
    const starts: number[] = [];
    for (let start = groupStart; start < Math.min(groupStart + GROUP, indices.length); start += BATCH)
      starts.push(start);
    const jobs = starts.map((start) => ({
      feeds: scorerFeeds(collate(slates, indices.subarray(start, start + BATCH)), tables),
    }));
    const results = await pool.run(jobs);
    for (const [at, { values }] of results.entries()) {
      const start = starts[at];
      const { data, dims } = values.itemLogitsBK;
      const [B, K] = dims;
      slateLogits.set(values.slateLogitB.data as Float32Array, start);
      for (let b = 0; b < B; b++) {
        const length = offsets[start + b + 1] - offsets[start + b];
        logits.set((data as Float32Array).subarray(b * K, b * K + length), offsets[start + b]);
      }
      for (const [name, value] of Object.entries(values)) {
        if (value.dims.length === 0) sums[name] = (sums[name] ?? 0) + Number(value.data[0]) * B;
      }
    }
  }
  const scalars = Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / indices.length]));
  return { offsets, logits, slateLogits, scalars };
}
