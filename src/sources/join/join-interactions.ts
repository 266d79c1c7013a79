import type { InteractionEvent, RankingEvent } from '../../slate/events.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import { createLogClock } from './clock.ts';
import { createClosedLists } from './closed-lists.ts';
import { type Fit, fitOf, fitOfUnnamed, notInTime } from './fit.ts';
import { createListsByUser, type ListsByUser } from './lists-by-user.ts';
import { createTimeQueue } from './time-queue.ts';

/** An impression on its way to the data set. */
export interface JoinedImpression {
  readonly time: number;
  readonly line: number;
  readonly ranking: RankingEvent;
  /** Per item, -1 where there was no click. */
  readonly clickTimes: number[];
}

export interface JoinOptions {
  /** A click later than this after its list is rejected; milliseconds. */
  readonly joinWindow: number;
  /** Interaction types that count as a click. Of others only the list, its user and the item are judged; they are left out. */
  readonly labelTypes: readonly string[];
  /**
   * Bytes of the log that are held open, and again so many of interactions that wait for their list: while a log has less, the order of its lines does not matter at all. In a longer one lists are
   * closed two windows after their time (one for their clicks to happen, one for the lines to come), the earliest first; within that the order does not matter either.
   */
  readonly openBytes: number;
}

/** Clicks within half an hour; 32 MiB are some 50,000 lists of ten. */
export const joinDefaults: JoinOptions = { joinWindow: 30 * 60_000, labelTypes: ['click'], openBytes: 1 << 25 };

/** An event, and the line of the log that it stands in. */
export interface Logged<T> {
  readonly line: number;
  readonly raw: string;
  readonly event: T;
}

export interface Rejection extends Logged<InteractionEvent> {
  readonly error: RejectedEvent;
}

/** What a line, or the end of the log, brings to its end: lists that are complete, interactions that belong to none. */
export interface Settled {
  readonly impressions: readonly JoinedImpression[];
  readonly rejections: readonly Rejection[];
}

/** Joins interactions to the lists they belong to, in any order within the window. */
export interface Joiner {
  /** Throws `RejectedEvent` for a list that was there before: the same id, time, user and items. */
  addRanking(logged: Logged<RankingEvent>): Settled;
  addInteraction(logged: Logged<InteractionEvent>): Settled;
  /** What is left at the end of the log. */
  finish(): Settled;
  readonly otherInteractions: number;
  /** Ids that several different lists have, and the first of them. */
  readonly sharedIds: { readonly count: number; readonly first?: string };
}

/** All that names one list id: judged together when it closes, so that the order of lines decides nothing. */
interface Group {
  readonly id: string;
  readonly lists: JoinedImpression[];
  readonly interactions: Logged<InteractionEvent>[];
  /** Of its latest list; without a list, of its first interaction. */
  time: number;
  bytes: number;
}

export function createJoiner({ joinWindow, labelTypes, openBytes }: JoinOptions): Joiner {
  const groups = new Map<string, Group>();
  const closed = createClosedLists();
  const clock = createLogClock();
  /** Groups with a list, by a time that is not after theirs; groups without, in the order of the log. */
  const listed = createTimeQueue<Group>();
  const waiting = new Set<Group>();
  /** Interactions that name no list, until all lists that may be meant are there. */
  const unnamed = createTimeQueue<Logged<InteractionEvent>>();
  let byUser: ListsByUser | undefined;
  const bytes = { listed: 0, waiting: 0 };
  const sharedIds: { count: number; first?: string } = { count: 0 };
  let otherInteractions = 0;
  let settled = { impressions: [] as JoinedImpression[], rejections: [] as Rejection[] };

  return {
    get otherInteractions() {
      return otherInteractions;
    },
    sharedIds,
    addRanking({ event: ranking, line, raw }) {
      const { id, time } = ranking;
      const known = groups.get(id);
      if (known?.lists.some((list) => isSame(list.ranking, ranking)) || closed.hasSame(ranking))
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
        listed.push(time, group);
      }
      group.time = Math.max(group.time, time);
      group.bytes += raw.length;
      bytes.listed += raw.length;
      const list = { time, line, ranking, clickTimes: ranking.items.map(() => -1) };
      group.lists.push(list);
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
      group.interactions.push(logged);
      group.bytes += logged.raw.length;
      if (group.lists.length > 0) bytes.listed += logged.raw.length;
      else {
        waiting.add(group);
        bytes.waiting += logged.raw.length;
        giveUp();
      }
      return take();
    },
    finish() {
      settleUnnamed(Number.POSITIVE_INFINITY);
      for (const group of groups.values()) judge(group);
      settled.rejections.sort((a, b) => a.line - b.line);
      return take();
    },
  };

  function take(): Settled {
    if (settled.impressions.length === 0 && settled.rejections.length === 0) return NOTHING;
    const taken = settled;
    settled = { impressions: [], rejections: [] };
    return taken;
  }

  function groupOf(id: string, time: number): Group {
    const group = { id, lists: [], interactions: [], time, bytes: 0 };
    groups.set(id, group);
    return group;
  }

  /** Lists whose time is two windows ago, as long as too much is open. */
  function closeExpired(): void {
    if (bytes.listed <= openBytes) return;
    settleUnnamed(clock.time - joinWindow);
    const expired = clock.time - 2 * joinWindow;
    while (bytes.listed > openBytes && listed.earliest < expired) {
      const group = listed.pop();
      if (!group) return;
      // A later list of the same id has come since.
      if (group.time >= expired) listed.push(group.time, group);
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

  function close(group: Group): void {
    groups.delete(group.id);
    bytes.listed -= group.bytes;
    judge(group);
    for (const list of group.lists) {
      closed.add(list.ranking);
      byUser?.remove(list);
    }
  }

  function judge({ lists, interactions }: Group): void {
    for (const logged of interactions) attempt(logged, () => join(logged.event, lists));
    for (const list of lists) settled.impressions.push(list);
  }

  function join(interaction: InteractionEvent, lists: readonly JoinedImpression[]): void {
    if (lists.length === 0) {
      throw new RejectedEvent(
        'unknown-list',
        `expected the ranking "${interaction.ranking}" in the log, found no such list`,
      );
    }
    const fit = fitOf(interaction, lists, { joinWindow, labelTypes });
    if (fit) click(fit, interaction.time);
    else otherInteractions++;
  }

  function click({ list: { clickTimes }, at }: Fit, time: number): void {
    clickTimes[at] = clickTimes[at] < 0 ? time : Math.min(clickTimes[at], time);
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
  function hold(logged: Logged<InteractionEvent>): Settled {
    if (!labelTypes.includes(logged.event.type)) {
      otherInteractions++;
      return NOTHING;
    }
    if (!byUser) {
      byUser = createListsByUser();
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
      attempt(logged, () => click(fitOfUnnamed(logged.event, lists, joinWindow), logged.event.time));
    }
  }

  function attempt(logged: Logged<InteractionEvent>, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      settled.rejections.push({ ...logged, error });
    }
  }
}

const NOTHING: Settled = { impressions: [], rejections: [] };

const isSame = (a: RankingEvent, b: RankingEvent): boolean =>
  a.time === b.time &&
  a.user === b.user &&
  a.items.length === b.items.length &&
  a.items.every(({ id }, k) => id === b.items[k].id);
