import type { InteractionEvent } from '../../slate/events.ts';
import { isSameUser, LATENESS, notInTime } from '../../slate/fitting-list.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import { createTimeQueue, type TimeQueue } from '../../slate/time-queue.ts';
import { createLogClock } from './clock.ts';
import { createClosedLists } from './closed-lists.ts';
import { fitOf, fitOfUnnamed } from './fit.ts';
import type { JoinableList, JoinOptions, ListForm, Logged, Rejection, Settled } from './joined.ts';
import { type Group, markClick, takeClick, untake } from './list-group.ts';
import { createListsByUser, type ListsByUser } from './lists-by-user.ts';

/** Clicks within half an hour; 32 MiB are some 50,000 lists of ten. */
export const joinDefaults: JoinOptions = { joinWindow: 30 * 60_000, labelTypes: ['click'], openBytes: 1 << 25 };

/** Joins interactions to the lists they belong to, in any order within the window. */
export interface Joiner<L extends JoinableList> {
  /** A list without clicks, and how many letters it has in the log. Throws `RejectedEvent` for one that was there before: the same id, time, user and items. */
  addList(list: L, letters: number): Settled<L>;
  addInteraction(logged: Logged<InteractionEvent>): Settled<L>;
  /** Whether a list of this id was there, as far as that is remembered. */
  knows(id: string): boolean;
  /** A list that an earlier import has taken, with its clicks: later ones may still be its own. */
  resume(list: L): void;
  /** What is left at the end of the log. */
  finish(): Settled<L>;
  readonly otherInteractions: number;
  /** Ids that several different lists have, and the first of them. */
  readonly sharedIds: { readonly count: number; readonly first?: string };
}

/** What an earlier import has counted. */
export type JoinedBefore = Pick<Joiner<JoinableList>, 'otherInteractions' | 'sharedIds'>;

export function createJoiner<L extends JoinableList>(
  { joinWindow, labelTypes, openBytes }: JoinOptions,
  form: ListForm<L>,
  before?: JoinedBefore,
): Joiner<L> {
  const groups = new Map<string, Group<L>>();
  const closed = createClosedLists(form);
  const clock = createLogClock();
  /** Groups with a list, by a time that is not after theirs, as soon as one must be closed; groups without, in the order of the log. */
  let listed: TimeQueue<Group<L>> | undefined;
  const waiting = new Set<Group<L>>();
  /** Interactions that name no list, until all lists that may be meant are there. */
  const unnamed = createTimeQueue<Logged<InteractionEvent>>();
  let byUser: ListsByUser<L> | undefined;
  const bytes = { listed: 0, waiting: 0 };
  const sharedIds: { count: number; first?: string } = { count: 0, ...before?.sharedIds };
  let otherInteractions = before?.otherInteractions ?? 0;
  let settled = { impressions: [] as L[], rejections: [] as Rejection[] };

  return {
    get otherInteractions() {
      return otherInteractions;
    },
    sharedIds,
    addList(list, letters) {
      const { time } = list;
      const id = form.idOf(list);
      const known = groups.get(id);
      if (known?.lists.some((each) => each.time === time && form.isSame(each, list)) || closed.hasSame(list))
        throw new RejectedEvent('duplicate-list', `expected every list once, found "${id}" again`);
      clock.observe(time);
      const group = known ?? groupOf(id, time);
      if (group.lists.length === 1 || (group.lists.length === 0 && closed.timesOf(id).length === 1)) {
        sharedIds.first ??= id;
        sharedIds.count++;
      }
      if (group.lists.length === 0) {
        if (waiting.delete(group)) bytes.waiting -= group.bytes;
        bytes.listed += group.bytes;
        group.time = time;
        listed?.push(time, group);
      }
      group.time = Math.max(group.time, time);
      group.bytes += letters;
      bytes.listed += letters;
      if (group.lists.length === 1) untake(form, group, labelTypes[0]);
      group.lists = [...group.lists, list];
      if (group.lists.length === 1 && group.interactions) takeFitting(group, list);
      byUser?.add(list);
      closeExpired();
      return take();
    },
    addInteraction(logged) {
      const { ranking } = logged.event;
      if (ranking === '') return hold(logged);
      const known = groups.get(ranking);
      if (!known && closed.has(ranking)) {
        refuseClosed(logged);
        return take();
      }
      const group = known ?? groupOf(ranking, logged.event.time);
      if (group.lists.length === 1 && fits(group, group.lists[0], logged)) return NOTHING;
      if (group.interactions) group.interactions.push(logged);
      else group.interactions = [logged];
      group.bytes += logged.raw.length;
      if (group.lists.length > 0) bytes.listed += logged.raw.length;
      else {
        waiting.add(group);
        bytes.waiting += logged.raw.length;
        giveUp();
      }
      return take();
    },
    knows: (id) => groups.has(id) || closed.has(id),
    resume(list) {
      const { time, line } = list;
      const id = form.idOf(list);
      clock.observe(time);
      const group = groups.get(id) ?? groupOf(id, time);
      group.time = Math.max(group.time, time);
      group.lists = [...group.lists, list];
      for (let at = 0; at < form.lengthOf(list); at++) {
        const clicked = form.clickAt(list, at);
        if (clicked < 0) continue;
        const taken = { user: form.userOf(list), time: clicked, line, shownAt: undefined, isNamed: true };
        takeClick(form, group, { fit: { list, at }, ...taken });
      }
    },
    finish() {
      settleUnnamed(Number.POSITIVE_INFINITY);
      for (const group of groups.values()) judge(group);
      settled.rejections.sort((a, b) => a.line - b.line);
      return take();
    },
  };

  function take(): Settled<L> {
    if (settled.impressions.length === 0 && settled.rejections.length === 0) return NOTHING;
    const taken = settled;
    settled = { impressions: [], rejections: [] };
    return taken;
  }

  function groupOf(id: string, time: number): Group<L> {
    const group: Group<L> = { id, lists: [], taken: undefined, interactions: undefined, time, bytes: 0 };
    groups.set(id, group);
    return group;
  }

  /** Takes an interaction that fits the only list of its id. */
  function fits(group: Group<L>, list: L, { event, line, shownAt }: Logged<InteractionEvent>): boolean {
    const at = isSameUser(form.userOf(list), event.user) ? form.placeIn(list, event.item) : -1;
    if (at < 0 || (shownAt ?? list.time) !== list.time) return false;
    if (!labelTypes.includes(event.type)) otherInteractions++;
    else if (event.time < list.time || event.time - list.time > windowOf(shownAt)) return false;
    else {
      takeClick(form, group, { fit: { list, at }, user: event.user, time: event.time, line, shownAt, isNamed: true });
    }
    return true;
  }

  function takeFitting(group: Group<L>, list: L): void {
    const left = group.interactions?.filter((logged) => !fits(group, list, logged)) ?? [];
    group.interactions = left.length > 0 ? left : undefined;
  }

  /** Lists whose time is two windows ago, as long as too much is open. */
  function closeExpired(): void {
    if (bytes.listed <= openBytes) return;
    settleUnnamed(clock.time - joinWindow);
    const queue = listed ?? queueOf(groups.values());
    listed = queue;
    const expired = clock.time - Math.max(2 * joinWindow, joinWindow + LATENESS);
    while (bytes.listed > openBytes && queue.earliest < expired) {
      const group = queue.pop();
      if (!group) return;
      // A later list of the same id has come since.
      if (group.time >= expired) queue.push(group.time, group);
      else close(group);
    }
  }

  /** The interactions for whose list the log was read longest go first. */
  function giveUp(): void {
    for (const group of waiting) {
      if (bytes.waiting <= openBytes) return;
      waiting.delete(group);
      groups.delete(group.id);
      bytes.waiting -= group.bytes;
      judge(group);
    }
  }

  function close(group: Group<L>): void {
    groups.delete(group.id);
    bytes.listed -= group.bytes;
    judge(group);
    for (const list of group.lists) {
      closed.add(list);
      byUser?.remove(list);
    }
  }

  function judge({ lists, interactions = [] }: Group<L>): void {
    for (const logged of interactions) attempt(logged, () => join(logged, lists));
    for (const list of lists) settled.impressions.push(list);
  }

  /** Whether one that was joined before came in time was judged then. */
  function windowOf(shownAt: number | undefined): number {
    return shownAt === undefined ? joinWindow : Number.POSITIVE_INFINITY;
  }

  function join({ event: interaction, shownAt }: Logged<InteractionEvent>, lists: readonly L[]): void {
    if (lists.length === 0) {
      throw new RejectedEvent(
        'unknown-list',
        `expected the ranking "${interaction.ranking}" in the log, found no such list`,
      );
    }
    const ofTime = lists.filter(({ time }) => time === shownAt);
    const meant = ofTime.length > 0 ? ofTime : lists;
    const fit = fitOf(interaction, meant, { form, joinWindow: windowOf(shownAt), labelTypes });
    if (fit) markClick(form, fit, interaction.time);
    else otherInteractions++;
  }

  /** A list is closed when the log is two windows past it: a click within the window should have been read by then. */
  function refuseClosed(logged: Logged<InteractionEvent>): void {
    attempt(logged, () => {
      const { ranking, type, time } = logged.event;
      if (!labelTypes.includes(type)) {
        otherInteractions++;
        return;
      }
      const times = closed.timesOf(ranking);
      if (!times.some((each) => time >= each && time - each <= joinWindow))
        throw notInTime(logged.event, times, joinWindow);
      throw new RejectedEvent(
        'out-of-order',
        `expected in the log before what is ${(2 * joinWindow) / 60_000} minutes later than list "${ranking}", found after it; sort the log by time`,
      );
    });
  }

  /** Of an interaction that names no list. */
  function hold(logged: Logged<InteractionEvent>): Settled<L> {
    if (!labelTypes.includes(logged.event.type)) {
      otherInteractions++;
      return NOTHING;
    }
    if (!byUser) {
      byUser = createListsByUser(form);
      for (const { lists } of groups.values()) for (const list of lists) byUser.add(list);
    }
    unnamed.push(logged.event.time, logged);
    bytes.listed += logged.raw.length;
    closeExpired();
    return take();
  }

  function settleUnnamed(before: number): void {
    while (unnamed.earliest < before) {
      const logged = unnamed.pop();
      if (!logged || !byUser) return;
      const lists = byUser;
      bytes.listed -= logged.raw.length;
      attempt(logged, () => {
        const { user, time } = logged.event;
        const fit = fitOfUnnamed(logged.event, lists, { form, joinWindow });
        const group = groups.get(form.idOf(fit.list));
        if (group) takeClick(form, group, { fit, user, time, line: logged.line, shownAt: undefined, isNamed: false });
      });
    }
  }

  function attempt(logged: Logged<InteractionEvent>, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      const { event, line, raw, place, shownAt } = logged;
      settled.rejections.push({ event, line, raw, place, shownAt, error });
    }
  }
}

function queueOf<L extends JoinableList>(groups: Iterable<Group<L>>): TimeQueue<Group<L>> {
  const queue = createTimeQueue<Group<L>>();
  for (const group of groups) if (group.lists.length > 0) queue.push(group.time, group);
  return queue;
}

const NOTHING = { impressions: [], rejections: [] };
