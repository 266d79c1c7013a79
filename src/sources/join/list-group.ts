import { eventToJson } from '../../slate/event-to-json.ts';
import type { InteractionEvent } from '../../slate/events.ts';
import type { Fit } from './fit.ts';
import type { JoinableList, ListForm, Logged } from './joined.ts';

/** A click that was taken by the only list of its id so far: what it takes to judge it again when another one comes. */
interface TakenClick {
  readonly user: string;
  readonly at: number;
  readonly time: number;
  readonly line: number;
  /** Of one that was joined before. */
  readonly shownAt: number | undefined;
  /** Whether it named the list. */
  readonly isNamed: boolean;
  readonly next: TakenClick | undefined;
}

/**
 * All that names one list id. What fits its only list is taken at once, so that nothing of it is held; the rest, and everything where several lists have the id, is judged
 * together when the group closes, so that the order of lines decides nothing.
 */
export interface Group<L extends JoinableList> {
  readonly id: string;
  lists: L[];
  taken: TakenClick | undefined;
  interactions: Logged<InteractionEvent>[] | undefined;
  /** Of its latest list; without a list, of its first interaction. */
  time: number;
  bytes: number;
}

/** Of several clicks on an item the earliest counts. */
export function markClick<L extends JoinableList>(form: ListForm<L>, { list, at }: Fit<L>, time: number): void {
  const before = form.clickAt(list, at);
  form.setClick(list, at, before < 0 ? time : Math.min(before, time));
}

export function takeClick<L extends JoinableList>(
  form: ListForm<L>,
  group: Group<L>,
  { fit, ...click }: Omit<TakenClick, 'at' | 'next'> & { readonly fit: Fit<L> },
): void {
  markClick(form, fit, click.time);
  const { user, time, line, shownAt, isNamed } = click;
  group.taken = { user, at: fit.at, time, line, shownAt, isNamed, next: group.taken };
}

/**
 * Another list has the id of a group's only one: what that one took may be the other's. Of such a click only what decides is left, not its text in the log. `type` is that of
 * a click. One that named no list stays where it is.
 */
export function untake<L extends JoinableList>(form: ListForm<L>, group: Group<L>, type: string): void {
  const [list] = group.lists;
  for (let at = 0; at < form.lengthOf(list); at++) form.setClick(list, at, -1);
  const again: Logged<InteractionEvent>[] = [];
  for (let each = group.taken; each; each = each.next) {
    const { user, at, time, line, shownAt, isNamed } = each;
    if (!isNamed) markClick(form, { list, at }, time);
    else {
      const item = form.itemAt(list, at);
      const event = { event: 'interaction', ranking: group.id, time, user, item, type } as const;
      again.push({ event, line, shownAt, raw: JSON.stringify(eventToJson(event)) });
    }
  }
  group.taken = undefined;
  if (again.length > 0) group.interactions = [...again, ...(group.interactions ?? [])];
}
