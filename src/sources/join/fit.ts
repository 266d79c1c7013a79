import type { InteractionEvent } from '../../slate/events.ts';
import { type FitRules, fittingList, fittingUnnamed, isSameUser, type ListView } from '../../slate/fitting-list.ts';
import type { JoinedImpression } from './joined.ts';
import type { ListsByUser } from './lists-by-user.ts';

export interface Fit {
  readonly list: JoinedImpression;
  /** Where the item stands in it. */
  readonly at: number;
}

const viewFor = (item: string): ListView<JoinedImpression> => ({
  shownAt: (list) => list.time,
  userOf: (list) => list.ranking.user,
  placeIn: (list) => list.ranking.items.findIndex(({ id }) => id === item),
});

/** The list that an interaction belongs to, of those that have its id. Undefined for an interaction that is no click. Throws `RejectedEvent` where it fits none, or two. */
export function fitOf(
  interaction: InteractionEvent,
  lists: readonly JoinedImpression[],
  rules: FitRules,
): Fit | undefined {
  const view = viewFor(interaction.item);
  const list = fittingList(interaction, lists, { ...view, ...rules });
  return rules.labelTypes.includes(interaction.type) ? { list, at: view.placeIn(list) } : undefined;
}

/** The list that an interaction belongs to that names none: the latest one within the window before it that its user saw with the item in it. Throws `RejectedEvent`. */
export function fitOfUnnamed(interaction: InteractionEvent, lists: ListsByUser, joinWindow: number): Fit {
  const { user, item, time } = interaction;
  const view = viewFor(item);
  const seen = lists.latest({ user, item, from: time - joinWindow, to: time });
  const list = fittingUnnamed(interaction, seen, { ...view, joinWindow });
  return { list, at: view.placeIn(list) };
}

/** Where the item of an interaction stands in a list that may be its user's; -1 where it does not. */
export function placeIn({ ranking: { user, items } }: JoinedImpression, interaction: InteractionEvent): number {
  if (!isSameUser(user, interaction.user)) return -1;
  for (let at = 0; at < items.length; at++) if (items[at].id === interaction.item) return at;
  return -1;
}
