import { eventToJson } from '../../slate/event-to-json.ts';
import type { InteractionEvent } from '../../slate/events.ts';
import type { Fit } from './fit.ts';
import type { JoinedImpression, Logged } from './joined.ts';

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
export interface Group {
  readonly id: string;
  lists: JoinedImpression[];
  taken: TakenClick | undefined;
  interactions: Logged<InteractionEvent>[] | undefined;
  /** Of its latest list; without a list, of its first interaction. */
  time: number;
  bytes: number;
}

/** Of several clicks on an item the earliest counts. */
export function markClick({ list: { clickTimes }, at }: Fit, time: number): void {
  clickTimes[at] = clickTimes[at] < 0 ? time : Math.min(clickTimes[at], time);
}

export function takeClick(
  group: Group,
  { fit, ...click }: Omit<TakenClick, 'at' | 'next'> & { readonly fit: Fit },
): void {
  markClick(fit, click.time);
  const { user, time, line, shownAt, isNamed } = click;
  group.taken = { user, at: fit.at, time, line, shownAt, isNamed, next: group.taken };
}

/**
 * Another list has the id of a group's only one: what that one took may be the other's. Of such a click only what decides is left, not its text in the log. `type` is that of
 * a click. One that named no list stays where it is.
 */
export function untake(group: Group, type: string): void {
  const [list] = group.lists;
  list.clickTimes.fill(-1);
  const again: Logged<InteractionEvent>[] = [];
  for (let each = group.taken; each; each = each.next) {
    const { user, at, time, line, shownAt, isNamed } = each;
    if (!isNamed) markClick({ list, at }, time);
    else {
      const item = list.ranking.items[at].id;
      const event = { event: 'interaction', ranking: group.id, time, user, item, type } as const;
      again.push({ event, line, shownAt, raw: JSON.stringify(eventToJson(event)) });
    }
  }
  group.taken = undefined;
  if (again.length > 0) group.interactions = [...again, ...(group.interactions ?? [])];
}
