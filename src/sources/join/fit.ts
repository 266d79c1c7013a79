import type { InteractionEvent } from '../../slate/events.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { JoinedImpression, JoinOptions } from './joined.ts';
import type { ListsByUser } from './lists-by-user.ts';

export interface Fit {
  readonly list: JoinedImpression;
  /** Where the item stands in it. */
  readonly at: number;
}

type Rules = Pick<JoinOptions, 'joinWindow' | 'labelTypes'>;

/**
 * The list that an interaction belongs to, of those that have its id (one, if ids are ids): its user's, with its item, the latest within the window before it. Undefined for an interaction that is no click:
 * of those only the user and the item are judged. Throws `RejectedEvent` where it fits none, or two.
 */
export function fitOf(
  interaction: InteractionEvent,
  lists: readonly JoinedImpression[],
  { joinWindow, labelTypes }: Rules,
): Fit | undefined {
  const { ranking, user, item, time, type } = interaction;
  const withItem = lists.flatMap((list): Fit[] => {
    const at = list.ranking.items.findIndex(({ id }) => id === item);
    return at < 0 ? [] : [{ list, at }];
  });
  if (withItem.length === 0)
    throw new RejectedEvent('item-not-in-list', `expected an item of list "${ranking}", found "${item}"`);
  const ofUser = withItem.filter(({ list }) => isSameUser(user, list.ranking.user));
  if (ofUser.length === 0) {
    throw new RejectedEvent(
      'other-user',
      `expected user "${withItem[0].list.ranking.user}", whose list "${ranking}" is, found user "${user}"`,
    );
  }
  if (!labelTypes.includes(type)) return undefined;
  const inTime = ofUser.filter(({ list }) => time >= list.time && time - list.time <= joinWindow);
  if (inTime.length === 0)
    throw notInTime(
      interaction,
      ofUser.map(({ list }) => list.time),
      joinWindow,
    );
  const latest = inTime.reduce((best, each) => (each.list.time > best.list.time ? each : best));
  if (inTime.some((each) => each !== latest && each.list.time === latest.list.time)) {
    throw new RejectedEvent(
      'ambiguous-list',
      `expected one list "${ranking}" of this user, time and item, found several; give every list an id of its own`,
    );
  }
  return latest;
}

/** The list that an interaction belongs to that names none: the latest one within the window before it that its user saw with the item in it. Throws `RejectedEvent`. */
export function fitOfUnnamed({ user, item, time }: InteractionEvent, lists: ListsByUser, joinWindow: number): Fit {
  const [list, ...others] = lists.latest({ user, item, from: time - joinWindow, to: time });
  if (list === undefined) {
    throw new RejectedEvent(
      'no-list-of-user',
      `expected a list of user "${user}" with item "${item}" in the ${joinWindow / 60_000} minutes before, found none; name the list in "ranking"`,
    );
  }
  if (others.length > 0) {
    throw new RejectedEvent(
      'ambiguous-list',
      `expected one list of user "${user}" with item "${item}" at a time, found ${1 + others.length}; name the list in "ranking"`,
    );
  }
  return { list, at: list.ranking.items.findIndex(({ id }) => id === item) };
}

/** Where the item of an interaction stands in a list that may be its user's; -1 where it does not. */
export function placeIn({ ranking: { user, items } }: JoinedImpression, interaction: InteractionEvent): number {
  if (!isSameUser(user, interaction.user)) return -1;
  for (let at = 0; at < items.length; at++) if (items[at].id === interaction.item) return at;
  return -1;
}

/** An event that names nobody may be anybody's. */
const isSameUser = (a: string, b: string): boolean => a === b || a === '' || b === '';

/** Why an interaction is outside the windows of lists of these times. */
export function notInTime(
  { ranking, time }: InteractionEvent,
  listTimes: readonly number[],
  joinWindow: number,
): RejectedEvent {
  const past = listTimes.filter((each) => each <= time);
  if (past.length === 0) {
    return new RejectedEvent(
      'interaction-before-list',
      `expected a time after its list's ${Math.min(...listTimes)}, found ${time}`,
    );
  }
  return new RejectedEvent(
    'late-interaction',
    `expected within ${joinWindow / 60_000} minutes of list "${ranking}", found time ${time}`,
  );
}
