/** Which list a click belongs to: one rule for logs that are imported and for clicks that arrive live. */
import type { InteractionEvent } from './events.ts';
import { RejectedEvent } from './rejected-event.ts';

/** How long after its window a list waits for clicks of the window that arrive late; milliseconds. */
export const LATENESS: number = 5 * 60_000;

/** How to look into a list, whatever holds it. */
export interface ListView<L> {
  /** When it was shown; epoch milliseconds. */
  shownAt(list: L): number;
  /** Empty: nobody known. */
  userOf(list: L): string;
  /** Where the interaction's item stands in it; -1 where it does not. */
  placeIn(list: L): number;
}

export interface FitRules {
  /** Milliseconds after a list in which a click on it counts. */
  readonly joinWindow: number;
  /** Interaction types that count as a click. */
  readonly labelTypes: readonly string[];
}

/**
 * The list that an interaction belongs to, of those that have its id (one, if ids are ids): its user's, with its item, the latest within the window before it. Of an interaction that is no click only the
 * user and the item are judged. Throws `RejectedEvent` where it fits none, or two.
 */
export function fittingList<L>(
  interaction: InteractionEvent,
  lists: readonly L[],
  { shownAt, userOf, placeIn, joinWindow, labelTypes }: ListView<L> & FitRules,
): L {
  const { ranking, user, item, time, type } = interaction;
  const withItem = lists.filter((list) => placeIn(list) >= 0);
  if (withItem.length === 0)
    throw new RejectedEvent('item-not-in-list', `expected an item of list "${ranking}", found "${item}"`);
  const ofUser = withItem.filter((list) => isSameUser(user, userOf(list)));
  if (ofUser.length === 0) {
    throw new RejectedEvent(
      'other-user',
      `expected user "${userOf(withItem[0])}", whose list "${ranking}" is, found user "${user}"`,
    );
  }
  if (!labelTypes.includes(type)) return ofUser[0];
  const inTime = ofUser.filter((list) => time >= shownAt(list) && time - shownAt(list) <= joinWindow);
  if (inTime.length === 0) throw notInTime(interaction, ofUser.map(shownAt), joinWindow);
  const [latest, ...others] = latestOf(inTime, shownAt);
  if (others.length === 0) return latest;
  throw new RejectedEvent(
    'ambiguous-list',
    `expected one list "${ranking}" of this user, time and item, found several; give every list an id of its own`,
  );
}

/** The list of an interaction that names none, of the lists that its user saw with its item within the window before it: the latest. Throws `RejectedEvent` where there is none, or are two of one time. */
export function fittingUnnamed<L>(
  { user, item }: InteractionEvent,
  lists: readonly L[],
  { shownAt, joinWindow }: Pick<ListView<L>, 'shownAt'> & Pick<FitRules, 'joinWindow'>,
): L {
  if (lists.length === 0) {
    throw new RejectedEvent(
      'no-list-of-user',
      `expected a list of user "${user}" with item "${item}" in the ${joinWindow / 60_000} minutes before, found none; name the list in "ranking"`,
    );
  }
  const [latest, ...others] = latestOf(lists, shownAt);
  if (others.length === 0) return latest;
  throw new RejectedEvent(
    'ambiguous-list',
    `expected one list of user "${user}" with item "${item}" at a time, found ${1 + others.length}; name the list in "ranking"`,
  );
}

/** An event that names nobody may be anybody's. */
export const isSameUser = (a: string, b: string): boolean => a === b || a === '' || b === '';

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

/** The latest of some lists: one, or several of the same time. */
function latestOf<L>(lists: readonly L[], shownAt: (list: L) => number): readonly L[] {
  const latest = lists.reduce((time, list) => Math.max(time, shownAt(list)), Number.NEGATIVE_INFINITY);
  return lists.filter((list) => shownAt(list) === latest);
}
