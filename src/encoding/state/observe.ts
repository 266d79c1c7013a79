import { SESSION_GAP } from '../columns/context-features.ts';
import type { ItemRow } from '../encoders/item-table.ts';
import { countedPosition, fadeTo } from './rates.ts';
import {
  createItemState,
  type FeatureState,
  type PendingImpression,
  type PendingSlot,
  type TasteState,
  type UserState,
} from './state.ts';

/** Caps per user, so that memory is bounded by users, not by events. The oldest goes first. */
const SEEN_LIMIT = 1000;
const TASTES_LIMIT = 4000;
export const RECENT_LIMIT = 50;
/** Users remembered per item: neighbours are sampled among the latest. */
export const CLICKERS_LIMIT = 50;

/** Lets everything that happened strictly before `time` enter the state. */
export function advanceTo(state: FeatureState, time: number, rowOf: (item: number) => ItemRow): void {
  for (let event = state.pending.popBefore(time); event; event = state.pending.popBefore(time)) {
    if (event.kind === 'impression') enterImpression(event);
    else if (event.kind === 'exposure') enterExposure(state, event, rowOf(event.item));
    else enterClick(state, event, rowOf(event.item));
  }
}

function enterImpression({ user, time }: PendingImpression): void {
  const goesOn = user.lastImpression >= 0 && time - user.lastImpression < SESSION_GAP;
  user.sessionImpressions = goesOn ? user.sessionImpressions + 1 : 1;
  user.impressions++;
  user.lastImpression = time;
}

function enterExposure(state: FeatureState, event: PendingSlot, row: ItemRow): void {
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
  addTaste(user, row, { exposures: 1, residual: -event.expectedOfBoth, clicks: 0 });
  const seen = user.seen.get(event.item);
  if (seen) {
    seen.shown++;
    seen.lastShown = event.time;
  } else {
    evictOldest(user.seen, SEEN_LIMIT);
    user.seen.set(event.item, { shown: 1, clicked: 0, lastShown: event.time });
  }
  remember(user.skipped, event.item, RECENT_LIMIT);
}

function enterClick(state: FeatureState, event: PendingSlot, row: ItemRow): void {
  state.clicks++;
  bump(state.positionClicks, event.position);
  const item = itemOf(state, event.item);
  fadeTo(item, event.time);
  item.clicks++;
  item.recentClicks++;
  const { user } = event;
  if (!user) return;
  user.clicks++;
  remember(item.clickers, user.id, CLICKERS_LIMIT);
  addTaste(user, row, { exposures: 0, residual: 1, clicks: 1 });
  const seen = user.seen.get(event.item);
  if (seen) seen.clicked++;
  const skippedAt = user.skipped.indexOf(event.item);
  if (skippedAt >= 0) user.skipped.splice(skippedAt, 1);
  remember(user.clicked, event.item, RECENT_LIMIT);
}

function itemOf(state: FeatureState, item: number): ReturnType<typeof createItemState> {
  const known = state.items.get(item);
  if (known) return known;
  const fresh = createItemState();
  state.items.set(item, fresh);
  return fresh;
}

/** An exposure counts as skipped until its click comes. */
function addTaste(
  user: UserState,
  { tokens, tokenWeights, dense }: ItemRow,
  { exposures, residual, clicks }: { exposures: number; residual: number; clicks: number },
): void {
  for (let index = 0; index < tokens.length; index++) {
    const taste = tasteOf(user, tokens[index]);
    taste.exposures += exposures;
    taste.residual += residual;
    taste.clicked += clicks * tokenWeights[index];
    taste.skipped += (exposures - clicks) * tokenWeights[index];
  }
  for (let column = 0; column < dense.length; column++) user.leanings[column] += residual * dense[column];
}

function tasteOf({ tastes }: UserState, token: number): TasteState {
  const known = tastes.get(token);
  if (known) return known;
  evictOldest(tastes, TASTES_LIMIT);
  const fresh = { exposures: 0, residual: 0, clicked: 0, skipped: 0 };
  tastes.set(token, fresh);
  return fresh;
}

/** Puts a value first, where it stood is closed up, and what is too old goes. */
export function remember<T>(recent: T[], value: T, limit: number): void {
  const known = recent.indexOf(value);
  if (known >= 0) recent.splice(known, 1);
  recent.unshift(value);
  if (recent.length > limit) recent.pop();
}

function evictOldest<K>(map: Map<K, unknown>, limit: number): void {
  if (map.size < limit) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

function bump(counts: number[], position: number): void {
  const at = countedPosition(position);
  while (counts.length <= at) counts.push(0);
  counts[at]++;
}
