/** Legend: R rows (lists of a micro-batch times items), D width. */
import { input } from '../../src/graph/leaves.ts';
import { createRng } from '../../src/random/rng.ts';
import { compileGraph } from '../../src/runtime/compile.ts';
import { createFlatLayout } from '../../src/runtime/job.ts';
import { createPool } from '../../src/runtime/pool.ts';
import type { TrainerOptions } from './our-trainer.ts';
import type { ScorerShape } from './shape.ts';

export interface ProductRate {
  /** Runs some chains of products and returns how many floating-point operations that were. */
  run(): Promise<number>;
  close(): Promise<void>;
}

const REPEATS = 12;

/**
 * What ONNX Runtime itself reaches in matrix products of the scorer's shapes, by chains of nothing but products: [R, D] by [D, D], then to the feed-forward width and
 * back. Small weights keep the numbers finite.
 */
export async function createProductRate(
  { K, D, feedForward }: ScorerShape,
  { microBatch, workers }: TrainerOptions,
): Promise<ProductRate> {
  const rng = createRng(1);
  const R = microBatch * K;
  const square = input('square', [D, D]);
  const expand = input('expand', [D, feedForward]);
  const contract = input('contract', [feedForward, D]);
  let rows = input('rows', ['R', D]);
  for (let i = 0; i < REPEATS; i++) rows = rows.matmul(square).matmul(expand).matmul(contract);
  const pool = await createPool(compileGraph({ total: rows.total() }), { workers, layout: createFlatLayout({}) });
  const random = (...dims: [number, number]) => ({
    data: Float32Array.from({ length: dims[0] * dims[1] }, () => rng.normal() / Math.sqrt(dims[0])),
    dims,
  });
  const feeds = {
    rows: random(R, D),
    square: random(D, D),
    expand: random(D, feedForward),
    contract: random(feedForward, D),
  };
  const jobs = Array.from({ length: 2 * workers }, () => ({ feeds }));
  const flopsPerChain = REPEATS * 2 * R * (D * D + 2 * D * feedForward);
  return {
    async run() {
      await pool.run(jobs);
      return jobs.length * flopsPerChain;
    },
    close: () => pool.close(),
  };
}
