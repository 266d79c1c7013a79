/** What would be known if some events had entered, beside a state that does not change: only what they touch is copied. */
import { copyOfSeen } from './seen.ts';
import {
  copyOfItem,
  createItemState,
  createUserState,
  type FeatureState,
  type ItemState,
  type UserState,
  type WritableState,
} from './state.ts';
import { copyOfTastes } from './tastes.ts';

export function createOverlay(below: FeatureState, denseColumns: number): WritableState {
  const items = new Map<number, ItemState>();
  const users = new Map<string, UserState>();
  return {
    items: { get: (item) => items.get(item) ?? below.items.get(item) },
    users: { get: (id) => users.get(id) ?? below.users.get(id) },
    positionExposures: [...below.positionExposures],
    positionClicks: [...below.positionClicks],
    exposures: below.exposures,
    clicks: below.clicks,
    itemToChange(item) {
      const own = items.get(item);
      if (own) return own;
      const copy = copyOfItem(below.items.get(item) ?? createItemState());
      items.set(item, copy);
      return copy;
    },
    userToChange(id) {
      const own = users.get(id);
      if (own) return own;
      const copy = copyOfUser(below.users.get(id) ?? createUserState(id, denseColumns));
      users.set(id, copy);
      return copy;
    },
  };
}

export const copyOfUser = (user: UserState): UserState => ({
  ...user,
  tastes: copyOfTastes(user.tastes),
  leanings: user.leanings.slice(),
  seen: copyOfSeen(user.seen),
  clicked: [...user.clicked],
  skipped: [...user.skipped],
});
