import type { InteractionEvent } from '../../slate/events.ts';
import { type FitRules, fittingList, fittingUnnamed, type ListView } from '../../slate/fitting-list.ts';
import type { JoinableList, ListForm } from './joined.ts';
import type { ListsByUser } from './lists-by-user.ts';

export interface Fit<L extends JoinableList> {
  readonly list: L;
  /** Where the item stands in it. */
  readonly at: number;
}

const viewFor = <L extends JoinableList>({ userOf, placeIn }: ListForm<L>, item: string): ListView<L> => ({
  shownAt: (list) => list.time,
  userOf,
  placeIn: (list) => placeIn(list, item),
});

/** The list that an interaction belongs to, of those that have its id. Undefined for an interaction that is no click. Throws `RejectedEvent` where it fits none, or two. */
export function fitOf<L extends JoinableList>(
  interaction: InteractionEvent,
  lists: readonly L[],
  { form, ...rules }: FitRules & { readonly form: ListForm<L> },
): Fit<L> | undefined {
  const view = viewFor(form, interaction.item);
  const list = fittingList(interaction, lists, { ...view, ...rules });
  return rules.labelTypes.includes(interaction.type) ? { list, at: view.placeIn(list) } : undefined;
}

/** The list that an interaction belongs to that names none: the latest one within the window before it that its user saw with the item in it. Throws `RejectedEvent`. */
export function fitOfUnnamed<L extends JoinableList>(
  interaction: InteractionEvent,
  lists: ListsByUser<L>,
  { form, joinWindow }: Pick<FitRules, 'joinWindow'> & { readonly form: ListForm<L> },
): Fit<L> {
  const { user, item, time } = interaction;
  const view = viewFor(form, item);
  const seen = lists.latest({ user, item, from: time - joinWindow, to: time });
  const list = fittingUnnamed(interaction, seen, { ...view, joinWindow });
  return { list, at: view.placeIn(list) };
}
