import type { RankingEvent } from '../slate/events.ts';
import { noMarks, sharedPlaces } from './list-arrays.ts';
import type { OpenList } from './open-list.ts';
import { expectedRate, lift, positionRate } from './rates.ts';
import type { FeatureState } from './state.ts';

export interface Opening {
  readonly print: number;
  readonly sequence: number;
  /** When it enters. */
  readonly time: number;
  readonly state: FeatureState;
  /** An item's index; a new one at first sight. */
  readonly meet: (id: string) => number;
}

/** A list with the clicks that are expected of it by what is known before it. */
export function openListOf(ranking: RankingEvent, { print, sequence, time, state, meet }: Opening): OpenList {
  const { id, user, items: shown } = ranking;
  const K = shown.length;
  const items = new Array<number>(K);
  const positions = new Array<number>(K);
  for (let k = 0; k < K; k++) {
    items[k] = meet(shown[k].id);
    positions[k] = shown[k].position ?? k;
  }
  const userLift = lift(user === '' ? undefined : state.users.get(user));
  const expected3K = expectedClicks(state, { items, positions, userLift });
  return {
    id,
    print,
    sequence,
    time,
    shownAt: ranking.time,
    user,
    items,
    positions: sharedPlaces(positions),
    expected3K,
    clickedK: noMarks(K),
    clickedAtOnceK: noMarks(K),
  };
}

interface Shown {
  readonly items: readonly number[];
  readonly positions: readonly number[];
  readonly userLift: number;
}

/** [K, 3]: `OpenList.expected3K`. */
export function expectedClicks(
  state: Omit<FeatureState, 'users'>,
  { items, positions, userLift }: Shown,
): readonly number[] {
  const expected3K = new Array<number>(3 * items.length);
  for (let k = 0; k < items.length; k++) {
    const base = positionRate(state, positions[k]);
    const itemLift = lift(state.items.get(items[k]));
    expected3K[3 * k] = expectedRate(base, userLift);
    expected3K[3 * k + 1] = expectedRate(base, itemLift);
    expected3K[3 * k + 2] = expectedRate(base, userLift, itemLift);
  }
  return expected3K;
}
