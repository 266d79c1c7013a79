import type { SlateSource } from '../datasets/slate-source/slate-source.ts';
import { cutBatches } from '../encoding/batches/cut-batches.ts';
import type { EmbeddingTables } from '../models/tables/embedding-tables.ts';
import { type Feeds, scorerFeeds } from '../models/tables/scorer-feeds.ts';
import type { Pool } from '../runtime/pool.ts';
import { type Calibration, calibratedLogits, NOT_CALIBRATED } from './calibration/calibration.ts';
import type { PredictedLogits } from './predicted-logits.ts';
import { runBatches } from './run-batches.ts';

/** Slates per run of the graph: enough to fill the matrix products, few enough to stay in the cache. Fewer where they are long. */
const BATCH = 128;

/** Some of the impressions asked for, by their place: `[start, end)`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface PredictOptions {
  readonly slates: SlateSource;
  readonly indices: Int32Array;
  readonly signal?: AbortSignal | undefined;
  /** Of the model's items; their logits as the graph gives them where left out: while it is trained, and to fit one. */
  readonly calibration?: Calibration | undefined;
  /** What the graph is fed beside each batch. */
  readonly feeds?: (batches: readonly Range[]) => readonly Feeds[];
}

/** The one way a model scores: training's validation, `evaluate` and `score` all come through here. An abort makes it reject with the signal's reason. */
export async function predict(
  pool: Pool,
  tables: EmbeddingTables,
  { slates, indices, signal, calibration = NOT_CALIBRATED, feeds }: PredictOptions,
): Promise<PredictedLogits> {
  const lengths = slates.lengths(indices);
  const offsets = new Int32Array(indices.length + 1);
  for (let n = 0; n < indices.length; n++) offsets[n + 1] = offsets[n] + lengths[n];
  const logits = new Float32Array(offsets[indices.length]);
  const slateLogits = new Float32Array(indices.length);
  const sums: Record<string, number> = {};

  const ends = cutBatches(lengths, BATCH);
  const batches = ends.map((end, at): Range => ({ start: ends[at - 1] ?? 0, end }));
  const further = feeds?.(batches);
  const fed = new Map(batches.map((batch, at) => [batch, further?.[at]]));
  await runBatches(pool, batches, {
    signal,
    feeds: (batch) => ({
      ...scorerFeeds(slates.batch(indices.subarray(batch.start, batch.end)), tables),
      ...fed.get(batch),
    }),
    take(values, { start, end }) {
      const { data, dims } = values.itemLogitsBK;
      const [, K] = dims;
      slateLogits.set(values.slateLogitB.data as Float32Array, start);
      for (let n = start; n < end; n++) {
        const first = (n - start) * K;
        logits.set((data as Float32Array).subarray(first, first + lengths[n]), offsets[n]);
      }
      for (const [name, value] of Object.entries(values)) {
        if (value.dims.length === 0) sums[name] = (sums[name] ?? 0) + Number(value.data[0]);
      }
    },
  });
  return { offsets, logits: calibratedLogits(calibration, logits), slateLogits, scalars: sums };
}
