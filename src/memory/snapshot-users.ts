/** The users of a memory's snapshot, as plain data and back. */
import { eachRow, type Pieces } from './pieces.ts';
import { type SeenEntry, seenEntries, seenOf } from './seen.ts';
import type { UserState } from './state.ts';
import { type TasteEntry, tasteEntries, tastesOf } from './tastes.ts';
import type { MemoryUsers } from './users.ts';

export interface UserJson {
  readonly counts: readonly [number, number, number, number, number, number];
  readonly tastes: readonly TasteEntry[];
  readonly leanings: readonly number[];
  readonly seen: readonly SeenEntry[];
  readonly clicked: readonly number[];
  readonly skipped: readonly number[];
}

/** Puts a snapshot's users at the end of those that are there. */
export const addUsers = (users: MemoryUsers, rows: Iterable<readonly [string, UserJson]>): Pieces<void> =>
  eachRow(rows, ([id, user]) => users.add(id, userFromJson(id, user)));

export const userToJson = (user: UserState): UserJson => ({
  counts: [user.impressions, user.exposures, user.clicks, user.expected, user.lastImpression, user.sessionImpressions],
  tastes: tasteEntries(user.tastes),
  leanings: [...user.leanings],
  seen: seenEntries(user.seen),
  clicked: [...user.clicked],
  skipped: [...user.skipped],
});

function userFromJson(id: string, json: UserJson): UserState {
  const [impressions, exposures, clicks, expected, lastImpression, sessionImpressions] = json.counts;
  return {
    id,
    impressions,
    exposures,
    clicks,
    expected,
    lastImpression,
    sessionImpressions,
    tastes: tastesOf(json.tastes),
    leanings: Float64Array.from(json.leanings),
    seen: seenOf(json.seen),
    clicked: [...json.clicked],
    skipped: [...json.skipped],
  };
}
