/** The size of a scorer: B lists a step, K items a list, width D. */
export interface ScorerShape {
  readonly B: number;
  readonly K: number;
  readonly D: number;
  readonly heads: number;
  readonly blocks: number;
  readonly feedForward: number;
}

export const shapes: Readonly<Record<string, ScorerShape>> = {
  'K10-D64': { B: 512, K: 10, D: 64, heads: 4, blocks: 2, feedForward: 128 },
  'K24-D64': { B: 512, K: 24, D: 64, heads: 4, blocks: 2, feedForward: 128 },
  'K24-D128': { B: 512, K: 24, D: 128, heads: 4, blocks: 2, feedForward: 256 },
};

/**
 * Floating-point operations of the matrix products that one list costs in training: each product forward, and twice backward, once for its input and once for its
 * weights; the first layer's input is data and needs no gradient. A multiplication and an addition count as two.
 */
export function flopsPerList({ K, D, blocks, feedForward }: ScorerShape): number {
  const input = 2 * K * D * D;
  const projections = 2 * K * 4 * D * D;
  const attention = 2 * 2 * K * K * D;
  const feed = 2 * K * 2 * D * feedForward;
  const head = 2 * K * D;
  return 3 * (input + blocks * (projections + attention + feed) + head) - input;
}
