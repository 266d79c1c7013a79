import type { PlayedDay } from '../../src/jobs/play/day-tally.ts';

/** How a shop came through the shift of tastes. */
export interface Recovery {
  /** Share of the best lists' clicks, on average of the three days before the shift. */
  readonly before: number;
  /** The same on the day of the shift. */
  readonly fallen: number;
  /** Days after the shift's until the share is back at 95 % of what it was: 0 on the day itself; null where it never is. */
  readonly days: number | null;
}

const DAYS_BEFORE = 3;
const ENOUGH = 0.95;

/** Of a shop's days, by the truth; `best` are those of the best lists, in the same order. */
export function recoveryOf(days: readonly PlayedDay[], best: readonly PlayedDay[], shiftDay: number): Recovery {
  const shares = days.map(({ expected }, at) => expected / best[at].expected);
  const first = shiftDay - 1;
  const earlier = shares.slice(Math.max(0, first - DAYS_BEFORE), first);
  const before = earlier.reduce((sum, share) => sum + share, 0) / earlier.length;
  const back = shares.findIndex((share, at) => at >= first && share >= ENOUGH * before);
  return { before, fallen: shares[first], days: back < 0 ? null : back - first };
}
