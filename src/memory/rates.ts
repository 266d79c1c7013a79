import type { FeatureState, ItemState, UserState } from './state.ts';

/** Pseudo-exposures at the expected rate that every count starts from (the strength of the beta prior). */
const PRIOR = 10;
/** Before anything was seen. */
const FIRST_GUESS = 0.1;
/** Exponential decay of recent counts, in milliseconds: one day. */
export const TREND_SPAN = 86_400_000;

/** Click rate over everything so far. */
export const overallRate = ({ exposures, clicks }: Pick<FeatureState, 'exposures' | 'clicks'>): number =>
  (clicks + PRIOR * FIRST_GUESS) / (exposures + PRIOR);

/** (clicks + a g) / (exposures + a), shrunk to the overall rate g. */
export function smoothedRate(counts: { exposures: number; clicks: number } | undefined, overall: number): number {
  return ((counts?.clicks ?? 0) + PRIOR * overall) / ((counts?.exposures ?? 0) + PRIOR);
}

/** Positions from here on share their counts, so that a stray position in a log cannot fill the memory. */
const POSITION_LIMIT = 256;

export const countedPosition = (position: number): number => Math.min(position, POSITION_LIMIT - 1);

/** What the rates of the positions are computed from. */
export type PositionCounts = Pick<FeatureState, 'exposures' | 'clicks' | 'positionExposures' | 'positionClicks'>;

export function positionRate(state: PositionCounts, position: number): number {
  const overall = overallRate(state);
  const at = countedPosition(position);
  return ((state.positionClicks[at] ?? 0) + PRIOR * overall) / ((state.positionExposures[at] ?? 0) + PRIOR);
}

/** Clicks per expected click, shrunk to 1: how much better an item does than its positions and users explain; or a user, than items and positions do. */
export function lift(counts: { clicks: number; expected: number } | undefined): number {
  const strength = 2;
  return ((counts?.clicks ?? 0) + strength) / ((counts?.expected ?? 0) + strength);
}

/** The rate that a position, a user and an item together lead to expect: the position's, times one lift or both, on the odds. */
export function expectedRate(base: number, oneLift: number, otherLift = 1): number {
  const odds = (base / (1 - base)) * oneLift * otherLift;
  return Math.min(0.98, Math.max(0.001, odds / (1 + odds)));
}

export const logOdds = (rate: number): number => Math.log(rate / (1 - rate));

/** Rate over the last day or so, shrunk to the item's own long-run rate; equal to it while nothing is recent. */
export function trendRate(item: ItemState | undefined, time: number, rate: number): number {
  if (!item) return rate;
  const fade = decay(item, time);
  return (item.recentClicks * fade + PRIOR * rate) / (item.recentExposures * fade + PRIOR);
}

/** Moves an item's recent counts to `time`. A walk that starts anew at an earlier time (held-out users) does not fade them. */
export function fadeTo(item: ItemState, time: number): void {
  const fade = decay(item, time);
  item.recentClicks *= fade;
  item.recentExposures *= fade;
  item.decayedAt = Math.max(item.decayedAt, time);
}

const decay = (item: ItemState, time: number): number => Math.exp(-Math.max(0, time - item.decayedAt) / TREND_SPAN);

export const userRate = (user: UserState | undefined, overall: number): number => smoothedRate(user, overall);
