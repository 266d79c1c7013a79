import type { ItemRow } from './item-table.ts';
import { fadeTo } from './rates.ts';
import { createItemState, type FeatureState, type PendingEvent, type UserState } from './state.ts';

/** Caps per user, so that memory is bounded by users, not by events. The oldest goes first. */
const SEEN_LIMIT = 1000;
const TASTES_LIMIT = 4000;
const RECENT_LIMIT = 50;

/** Lets everything that happened strictly before `time` enter the state. */
export function advanceTo(state: FeatureState, time: number, rowOf: (item: number) => ItemRow): void {
  for (let event = state.pending.popBefore(time); event; event = state.pending.popBefore(time)) {
    if (event.kind === 'exposure') enterExposure(state, event, rowOf(event.item));
    else enterClick(state, event, rowOf(event.item));
  }
}

function enterExposure(state: FeatureState, event: PendingEvent, row: ItemRow): void {
  state.exposures++;
  bump(state.positionExposures, event.position);
  const item = itemOf(state, event.item);
  fadeTo(item, event.time);
  item.exposures++;
  item.recentExposures++;
  item.expected += event.expectedOfUser;
  const { user } = event;
  if (!user) return;
  user.exposures++;
  user.expected += event.expectedOfItem;
  addTaste(user, row, { exposures: 1, residual: -event.expectedOfBoth });
  const seen = user.seen.get(event.item);
  if (seen) {
    seen.shown++;
    seen.lastShown = event.time;
  } else {
    evictOldest(user.seen, SEEN_LIMIT);
    user.seen.set(event.item, { shown: 1, clicked: 0, lastShown: event.time });
  }
  remember(user.skipped, event.item);
  addProfile(user.skippedProfile, row, 1);
}

function enterClick(state: FeatureState, event: PendingEvent, row: ItemRow): void {
  state.clicks++;
  bump(state.positionClicks, event.position);
  const item = itemOf(state, event.item);
  fadeTo(item, event.time);
  item.clicks++;
  item.recentClicks++;
  const { user } = event;
  if (!user) return;
  user.clicks++;
  addTaste(user, row, { exposures: 0, residual: 1 });
  const seen = user.seen.get(event.item);
  if (seen) seen.clicked++;
  const skippedAt = user.skipped.indexOf(event.item);
  if (skippedAt >= 0) user.skipped.splice(skippedAt, 1);
  remember(user.clicked, event.item);
  addProfile(user.skippedProfile, row, -1);
  addProfile(user.clickedProfile, row, 1);
}

function itemOf(state: FeatureState, item: number): ReturnType<typeof createItemState> {
  const known = state.items.get(item);
  if (known) return known;
  const fresh = createItemState();
  state.items.set(item, fresh);
  return fresh;
}

function addTaste(user: UserState, row: ItemRow, change: { exposures: number; residual: number }): void {
  for (const token of row.tokens) {
    const taste = user.tastes.get(token);
    if (taste) {
      taste.exposures += change.exposures;
      taste.residual += change.residual;
    } else {
      evictOldest(user.tastes, TASTES_LIMIT);
      user.tastes.set(token, { ...change });
    }
  }
  for (const [column, value] of row.dense.entries()) user.leanings[column] += change.residual * value;
}

function addProfile(profile: Map<number, number>, row: ItemRow, sign: number): void {
  for (const [index, token] of row.tokens.entries()) {
    const sum = (profile.get(token) ?? 0) + sign * row.tokenWeights[index];
    // Rounding leaves a trace where a click cancels an exposure; drop it.
    if (Math.abs(sum) < 1e-9) profile.delete(token);
    else profile.set(token, sum);
  }
}

function remember(recent: number[], item: number): void {
  const known = recent.indexOf(item);
  if (known >= 0) recent.splice(known, 1);
  recent.unshift(item);
  if (recent.length > RECENT_LIMIT) recent.pop();
}

function evictOldest<K>(map: Map<K, unknown>, limit: number): void {
  if (map.size < limit) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

function bump(counts: number[], at: number): void {
  while (counts.length <= at) counts.push(0);
  counts[at]++;
}
