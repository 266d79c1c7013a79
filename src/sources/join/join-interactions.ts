import type { InteractionEvent, RankingEvent } from '../../slate/events.ts';
import { RejectedEvent } from '../../slate/parse-event.ts';

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
  /** Interaction types that count as a click. Of others only the list and the item are judged; they are left out. */
  readonly labelTypes: readonly string[];
  /** Lists held open at a time, and interactions that wait for theirs: while a log has fewer, the order of its lines does not matter at all. */
  readonly openLimit: number;
}

/** Clicks within half an hour. */
export const joinDefaults: JoinOptions = { joinWindow: 30 * 60_000, labelTypes: ['click'], openLimit: 200_000 };

/** An interaction, and the line of the log that it stands in. */
export interface LoggedInteraction {
  readonly line: number;
  readonly raw: string;
  readonly interaction: InteractionEvent;
}

export interface Rejection extends LoggedInteraction {
  readonly error: RejectedEvent;
}

/** What a line, or the end of the log, brings to its end: lists that are complete, interactions that belong to none. */
export interface Settled {
  readonly impressions: readonly JoinedImpression[];
  readonly rejections: readonly Rejection[];
}

/** Joins interactions to the lists they belong to, in any order within the window. */
export interface Joiner {
  /** Throws `RejectedEvent` for a list that was there before. */
  addRanking(ranking: RankingEvent, line: number): Settled;
  addInteraction(logged: LoggedInteraction): readonly Rejection[];
  /** What is left at the end of the log. */
  finish(): Settled;
  readonly otherInteractions: number;
}

export function createJoiner({ joinWindow, labelTypes, openLimit }: JoinOptions): Joiner {
  const open = new Map<string, JoinedImpression>();
  /** Times of lists that were closed, by id. */
  const closed = new Map<string, number>();
  /** Interactions whose list may come later in the file, by its id. */
  const waiting = new Map<string, LoggedInteraction[]>();
  let waitingCount = 0;
  let watermark = 0;
  let otherInteractions = 0;

  return {
    get otherInteractions() {
      return otherInteractions;
    },
    addRanking(ranking, line) {
      if (open.has(ranking.id) || closed.has(ranking.id)) {
        throw new RejectedEvent('duplicate-list', `expected every list once, found "${ranking.id}" again`);
      }
      watermark = Math.max(watermark, ranking.time);
      const list = { time: ranking.time, line, ranking, clickTimes: ranking.items.map(() => -1) };
      open.set(ranking.id, list);
      const rejections = takeWaiting(ranking.id).flatMap((logged) =>
        attempt(() => join(list, logged.interaction), logged),
      );
      return { rejections, impressions: open.size > openLimit ? closeExpired() : [] };
    },
    addInteraction(logged) {
      const { interaction } = logged;
      const list = open.get(interaction.ranking);
      if (list) return attempt(() => join(list, interaction), logged);
      const closedTime = closed.get(interaction.ranking);
      if (closedTime !== undefined) return attempt(() => refuseClosed(closedTime, interaction), logged);
      const others = waiting.get(interaction.ranking);
      if (others) others.push(logged);
      else waiting.set(interaction.ranking, [logged]);
      return ++waitingCount > openLimit ? giveUp(openLimit / 2) : [];
    },
    finish: () => ({ impressions: [...open.values()], rejections: giveUp(0) }),
  };

  /** Lists whose window has passed. */
  function closeExpired(): JoinedImpression[] {
    const expired: JoinedImpression[] = [];
    for (const [id, list] of open) {
      if (watermark - list.time <= joinWindow) continue;
      open.delete(id);
      closed.set(id, list.time);
      expired.push(list);
      if (expired.length >= openLimit / 2) break;
    }
    // Ids of long-closed lists go, so that memory stays bounded; a duplicate of one of those would pass.
    for (const id of closed.keys()) {
      if (closed.size <= 20 * openLimit) break;
      closed.delete(id);
    }
    return expired;
  }

  /** Lets no more than so many wait; those for whose list the log was read longest go first. */
  function giveUp(limit: number): Rejection[] {
    const rejections: Rejection[] = [];
    for (const id of waiting.keys()) {
      if (waitingCount <= limit) break;
      const error = new RejectedEvent('unknown-list', `expected the ranking "${id}" in the log, found no such list`);
      for (const logged of takeWaiting(id)) rejections.push({ ...logged, error });
    }
    return rejections;
  }

  function takeWaiting(id: string): readonly LoggedInteraction[] {
    const taken = waiting.get(id) ?? [];
    waiting.delete(id);
    waitingCount -= taken.length;
    return taken;
  }

  function join(list: JoinedImpression, interaction: InteractionEvent): void {
    const at = list.ranking.items.findIndex(({ id }) => id === interaction.item);
    if (at < 0) {
      throw new RejectedEvent(
        'item-not-in-list',
        `expected an item of list "${interaction.ranking}", found "${interaction.item}"`,
      );
    }
    if (isOther(interaction)) return;
    checkTime(list.time, interaction);
    const earlier = list.clickTimes[at];
    list.clickTimes[at] = earlier < 0 ? interaction.time : Math.min(earlier, interaction.time);
  }

  /** A list is closed when the log is a window past it: a click within the window should have been read by then. */
  function refuseClosed(listTime: number, interaction: InteractionEvent): void {
    if (isOther(interaction)) return;
    checkTime(listTime, interaction);
    throw new RejectedEvent(
      'out-of-order',
      `expected within ${openLimit} lists after list "${interaction.ranking}", found it later in the log; sort the log by time`,
    );
  }

  function isOther({ type }: InteractionEvent): boolean {
    if (labelTypes.includes(type)) return false;
    otherInteractions++;
    return true;
  }

  function checkTime(listTime: number, { ranking, time }: InteractionEvent): void {
    if (time < listTime) {
      throw new RejectedEvent('interaction-before-list', `expected a time after its list's ${listTime}, found ${time}`);
    }
    if (time - listTime > joinWindow) {
      throw new RejectedEvent(
        'late-interaction',
        `expected within ${joinWindow / 60_000} minutes of list "${ranking}", found time ${time}`,
      );
    }
  }
}

/** The rejection, if it comes to one. */
function attempt(act: () => void, logged: LoggedInteraction): readonly Rejection[] {
  try {
    act();
    return [];
  } catch (error) {
    if (error instanceof RejectedEvent) return [{ ...logged, error }];
    throw error;
  }
}
