/** Legend: N candidates, K places. */
import type { OpenRequest } from '../../src/scoring/candidate-scorer.ts';
import { EMPTY, type Places } from '../../src/slate/places.ts';

export interface Spread {
  readonly median: number;
  readonly p90: number;
  readonly p99: number;
  readonly count: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { median: at(0.5), p90: at(0.9), p99: at(0.99), count: sorted.length };
}

/** The scoring pattern of a greedy generator: every candidate that is left in the next place, the best stays; N + (N - 1) + ... slates of 1, 2, ... K items. */
export async function greedyPattern(request: OpenRequest, K: number): Promise<Places> {
  const slate = new Int32Array(K).fill(EMPTY);
  for (let place = 0; place < K; place++) {
    const slates: Places[] = [];
    for (let candidate = 0; candidate < request.N; candidate++) {
      if (!slate.includes(candidate)) slates.push(slate.with(place, candidate));
    }
    const { slateLogits } = await request.score(slates);
    let best = 0;
    for (let b = 1; b < slates.length; b++) if (slateLogits[b] > slateLogits[best]) best = b;
    slate[place] = slates[best][place];
  }
  return slate;
}
