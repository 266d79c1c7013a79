/** A replay's whole memory as plain JSON, so that a model folder knows what was known when it was trained. */
import type { Fields } from '../../slate/fields.ts';
import { createReplay, type Replay, type ReplayOptions } from '../columns/replay.ts';
import { createFeatureState, type FeatureState, type ItemState, type UserState } from './state.ts';

export interface ReplayJson {
  /** In index order: the state names items by index. */
  readonly items: readonly (readonly [string, Fields])[];
  readonly userFields: readonly (readonly [string, Fields])[];
  readonly exposures: number;
  readonly clicks: number;
  readonly positionExposures: readonly number[];
  readonly positionClicks: readonly number[];
  readonly itemStates: readonly (readonly [number, ItemState])[];
  readonly users: readonly (readonly [string, UserJson])[];
}

interface UserJson {
  readonly counts: readonly [number, number, number, number, number, number];
  readonly tastes: readonly (readonly [number, number, number, number, number])[];
  readonly leanings: readonly number[];
  readonly seen: readonly (readonly [number, number, number, number])[];
  readonly clicked: readonly number[];
  readonly skipped: readonly number[];
}

/** Everything under way must have entered first: call `settle` before. */
export function replayToJson(replay: Replay): ReplayJson {
  const { state } = replay;
  if (state.pending.size > 0)
    throw new TypeError(`replayToJson: ${state.pending.size} events are under way; settle the replay first`);
  return {
    items: replay.table.entries(),
    userFields: [...replay.userFields],
    exposures: state.exposures,
    clicks: state.clicks,
    positionExposures: state.positionExposures,
    positionClicks: state.positionClicks,
    itemStates: [...state.items],
    users: [...state.users].map(([id, user]) => [id, userToJson(user)] as const),
  };
}

export function replayFromJson(json: ReplayJson, options: Omit<ReplayOptions, 'state'>): Replay {
  const state: FeatureState = {
    ...createFeatureState(),
    exposures: json.exposures,
    clicks: json.clicks,
    positionExposures: [...json.positionExposures],
    positionClicks: [...json.positionClicks],
    items: new Map(json.itemStates.map(([item, counts]) => [item, { ...counts, clickers: [...counts.clickers] }])),
    users: new Map(json.users.map(([id, user]) => [id, userFromJson(id, user)])),
  };
  const replay = createReplay({ ...options, state });
  for (const [item, fields] of json.items) replay.applyItem({ item, fields });
  for (const [user, fields] of json.userFields) replay.applyUser({ user, fields });
  return replay;
}

const userToJson = (user: UserState): UserJson => ({
  counts: [user.impressions, user.exposures, user.clicks, user.expected, user.lastImpression, user.sessionImpressions],
  tastes: [...user.tastes].map(
    ([token, { exposures, residual, clicked, skipped }]) => [token, exposures, residual, clicked, skipped] as const,
  ),
  leanings: [...user.leanings],
  seen: [...user.seen].map(([item, { shown, clicked, lastShown }]) => [item, shown, clicked, lastShown] as const),
  clicked: user.clicked,
  skipped: user.skipped,
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
    tastes: new Map(
      json.tastes.map(([token, shown, residual, likedSum, passedSum]) => [
        token,
        { exposures: shown, residual, clicked: likedSum, skipped: passedSum },
      ]),
    ),
    leanings: Float64Array.from(json.leanings),
    seen: new Map(json.seen.map(([item, shown, clicked, lastShown]) => [item, { shown, clicked, lastShown }])),
    clicked: [...json.clicked],
    skipped: [...json.skipped],
  };
}
