import type { GenerationTask, Generator, ValuedSlate } from '../generator.ts';
import { slatesOf } from '../generators/exhaustive-generator.ts';
import { type BestKnown, bestKnown } from '../generators/long-search.ts';
import type { Candidate } from '../rules/candidate.ts';
import { LONG_SEARCH_BOUND, SEARCH_BOUND, type SearchLimit } from '../search-limit.ts';
import type { BestAndGap } from './slate-reply.ts';

/** Slates up to which all are tried to tell how good the answer is. */
export const EXHAUSTIVE_BY_DEFAULT = 2000;
/** The same where the gap was asked for. */
export const EXHAUSTIVE_FOR_GAP = 50_000;

/** The best slate known, and how far below it the one that was made is. */
export async function bestAndGap(
  task: GenerationTask,
  {
    wanted,
    made,
    candidates,
    generator,
    limitOf,
  }: {
    readonly wanted: 'none' | 'if-few' | 'search';
    readonly made: ValuedSlate;
    readonly candidates: readonly Candidate[];
    readonly generator: Generator;
    readonly limitOf: (bound: number | undefined) => SearchLimit;
  },
): Promise<BestAndGap> {
  const few = slatesOf(task) <= EXHAUSTIVE_BY_DEFAULT;
  const lookedAtAll = generator.looksAtAll && task.limit?.cut === undefined;
  if (wanted === 'none' || (wanted === 'if-few' && !few && !lookedAtAll)) return {};
  const search = limitOf(wanted === 'search' ? LONG_SEARCH_BOUND : SEARCH_BOUND);
  // No time is left to look for a better one.
  if (!lookedAtAll && search.isOver()) return {};
  const limit = wanted === 'search' ? EXHAUSTIVE_FOR_GAP : EXHAUSTIVE_BY_DEFAULT;
  const { slate, by }: BestKnown = lookedAtAll
    ? { slate: made, by: 'exhaustive' }
    : await bestKnown({ ...task, limit: search }, { limit });
  if (wanted === 'if-few' && by === 'search') return {};
  const { places, value } = slate.value >= made.value ? slate : made;
  const items = Array.from(places, (candidate) => candidates[candidate].id);
  const best = { value, by, items };
  if (value === made.value) return { best, gap: 0 };
  return value === 0 ? { best } : { best, gap: (value - made.value) / Math.abs(value) };
}
