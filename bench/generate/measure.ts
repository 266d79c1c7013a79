/** Legend: N candidates, K places. */
import type { Generator } from '../../src/generate/generator.ts';
import { createSlateGenerator } from '../../src/generate/request/slate-generator.ts';
import type { Rng } from '../../src/random/rng.ts';
import { createCandidateScorer } from '../../src/scoring/candidate-scorer.ts';
import type { StoredModel } from '../../src/scoring/model-folder.ts';
import type { RankingEvent } from '../../src/slate/events.ts';

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

/** Milliseconds from a request to its answer, wall and processor time (which other load on the machine moves less); the first requests warm up. */
export async function timeGenerator(
  stored: StoredModel,
  {
    generator,
    requests,
    size,
    workers,
    warmUp,
  }: {
    readonly generator: Generator;
    readonly requests: readonly RankingEvent[];
    readonly size: number;
    readonly workers: number;
    readonly warmUp: number;
  },
): Promise<{ readonly wall: Spread; readonly processor: Spread }> {
  const maker = await createSlateGenerator(stored, { generator, size, workers, objective: 'clicks', seed: 1 });
  const wall: number[] = [];
  const processor: number[] = [];
  for (const [at, request] of requests.entries()) {
    const usedBefore = process.cpuUsage();
    const before = performance.now();
    await maker.generate(request);
    if (at < warmUp) continue;
    wall.push(performance.now() - before);
    const { user, system } = process.cpuUsage(usedBefore);
    processor.push((user + system) / 1000);
  }
  await maker.close();
  return { wall: spreadOf(wall), processor: spreadOf(processor) };
}

/** Whole slates of K random candidates of one request, `batch` in a call. */
export async function slatesPerSecond(
  stored: StoredModel,
  {
    request,
    size,
    batch,
    workers,
    rng,
  }: {
    readonly request: RankingEvent;
    readonly size: number;
    readonly batch: number;
    readonly workers: number;
    readonly rng: Rng;
  },
): Promise<Spread> {
  const scorer = await createCandidateScorer(stored, { workers });
  const open = scorer.open(request);
  const all = Int32Array.from({ length: open.N }, (_, n) => n);
  const slates = Array.from({ length: batch }, () => rng.shuffle(all.slice()).slice(0, size));
  const rates: number[] = [];
  for (let round = 0; round < 60; round++) {
    const before = performance.now();
    await open.score(slates);
    if (round >= 10) rates.push((1000 * batch) / (performance.now() - before));
  }
  await scorer.close();
  return spreadOf(rates);
}
