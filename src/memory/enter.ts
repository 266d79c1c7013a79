/** How what happened changes the counters: one list shown, one click. */
import type { ItemVersion } from './item-version.ts';
import type { OpenList } from './open-list.ts';
import { countedPosition, fadeTo } from './rates.ts';
import { see, seenAt } from './seen.ts';
import type { ItemState, UserState, WritableState } from './state.ts';
import { CLICKED, EXPOSURES, RESIDUAL, SKIPPED, tasteStart } from './tastes.ts';

/** Caps per user, so that memory is bounded by users, not by events. The oldest goes first. */
const SEEN_LIMIT = 1000;
const TASTES_LIMIT = 4000;
export const RECENT_LIMIT = 50;
/** Users remembered per item: neighbours are sampled among the latest. */
export const CLICKERS_LIMIT = 50;

/** Lists closer together than this belong to one session; milliseconds. */
export const SESSION_GAP: number = 30 * 60_000;

/** The current version of an item; undefined of one that was evicted. */
export type VersionOf = (item: number) => ItemVersion | undefined;

/** A list and its exposures, item after item; a click of the list's own millisecond enters right after its exposure. */
export function enterList(state: WritableState, list: OpenList, versionOf: VersionOf): void {
  const user = list.user === '' ? undefined : state.userToChange(list.user);
  if (user) enterImpression(user, list.time);
  for (let k = 0; k < list.items.length; k++) {
    enterExposure(state, list, { k, version: versionOf(list.items[k]), user });
    if (list.clickedAtOnceK[k] === 1) enterClick(state, { list, k, time: list.time }, versionOf);
  }
}

/** One list more of a user. */
export function enterImpression(user: UserState, time: number): void {
  const goesOn = user.lastImpression >= 0 && time - user.lastImpression < SESSION_GAP;
  user.sessionImpressions = goesOn ? user.sessionImpressions + 1 : 1;
  user.impressions++;
  user.lastImpression = time;
}

interface Slot {
  readonly k: number;
  readonly version: ItemVersion | undefined;
  readonly user: UserState | undefined;
}

function enterExposure(state: WritableState, list: OpenList, { k, version, user }: Slot): void {
  state.exposures++;
  bump(state.positionExposures, list.positions[k]);
  // Evicted since it was shown.
  if (!version) return;
  exposeItem(state.itemToChange(list.items[k]), list, k);
  if (user) exposeToUser(user, { list, k, version });
}

/** An item's k-th exposure in a list, in the item's own counters. */
export function exposeItem(item: ItemState, { time, expected3K }: OpenList, k: number): void {
  fadeTo(item, time);
  item.exposures++;
  item.recentExposures++;
  item.expected += expected3K[3 * k];
}

interface MetSlot {
  readonly list: Pick<OpenList, 'items' | 'time' | 'expected3K'>;
  readonly k: number;
  readonly version: ItemVersion;
}

/** The same exposure, in what is known of its user. */
export function exposeToUser(user: UserState, { list, k, version }: MetSlot): void {
  const { time, items, expected3K } = list;
  user.exposures++;
  user.expected += expected3K[3 * k + 1];
  addTaste(user, version, { exposures: 1, residual: -expected3K[3 * k + 2], clicks: 0 });
  see(user.seen, items[k], { time, limit: SEEN_LIMIT });
  remember(user.skipped, items[k], RECENT_LIMIT);
}

/** A click on the k-th item of a list, on its way into the state at `time`. */
export interface PendingClick {
  readonly list: OpenList;
  readonly k: number;
  readonly time: number;
}

export function enterClick(state: WritableState, { list, k, time }: PendingClick, versionOf: VersionOf): void {
  const index = list.items[k];
  state.clicks++;
  bump(state.positionClicks, list.positions[k]);
  const version = versionOf(index);
  if (!version) return;
  const item = state.itemToChange(index);
  const user = list.user === '' ? undefined : state.userToChange(list.user);
  clickItem(item, time, user?.id);
  if (user) clickOfUser(user, index, version);
}

/** A click in the item's own counters; by nobody known where there is no user. */
export function clickItem(item: ItemState, time: number, user: string | undefined): void {
  fadeTo(item, time);
  item.clicks++;
  item.recentClicks++;
  if (user !== undefined) remember(item.clickers, user, CLICKERS_LIMIT);
}

/** The same click, in what is known of its user. */
export function clickOfUser(user: UserState, index: number, version: ItemVersion): void {
  user.clicks++;
  addTaste(user, version, { exposures: 0, residual: 1, clicks: 1 });
  const seen = seenAt(user.seen, index);
  if (seen >= 0) user.seen.clicked[seen]++;
  const skippedAt = user.skipped.indexOf(index);
  if (skippedAt >= 0) user.skipped.splice(skippedAt, 1);
  remember(user.clicked, index, RECENT_LIMIT);
}

/** An exposure counts as skipped until its click comes. */
function addTaste(
  { tastes, leanings }: UserState,
  { tokens, tokenWeights, dense }: ItemVersion,
  { exposures, residual, clicks }: { exposures: number; residual: number; clicks: number },
): void {
  for (let index = 0; index < tokens.length; index++) {
    const start = tasteStart(tastes, tokens[index], TASTES_LIMIT);
    const { values } = tastes;
    values[start + EXPOSURES] += exposures;
    values[start + RESIDUAL] += residual;
    values[start + CLICKED] += clicks * tokenWeights[index];
    values[start + SKIPPED] += (exposures - clicks) * tokenWeights[index];
  }
  for (let column = 0; column < dense.length; column++) leanings[column] += residual * dense[column];
}

/** Puts a value first, where it stood is closed up, and what is too old goes. */
export function remember<T>(recent: T[], value: T, limit: number): void {
  const known = recent.indexOf(value);
  if (known < 0 && recent.length < limit) recent.push(value);
  for (let at = known < 0 ? recent.length - 1 : known; at > 0; at--) recent[at] = recent[at - 1];
  recent[0] = value;
}

/** One more at a position. */
export function bump(counts: number[], position: number): void {
  const at = countedPosition(position);
  while (counts.length <= at) counts.push(0);
  counts[at]++;
}
