import type { InteractionEvent, RankingEvent } from '../slate/events.ts';
import { RejectedEvent } from '../slate/parse-event.ts';

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
  /** Interaction types that count as a click. Others are read and left out. */
  readonly labelTypes: readonly string[];
  /** Lists held open at a time: while a log has fewer, the order of its lines does not matter at all. */
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

/** Joins interactions to the lists they belong to, in any order within the window. */
export interface Joiner {
  addRanking(ranking: RankingEvent, line: number): readonly JoinedImpression[];
  addInteraction(logged: LoggedInteraction): Rejection | undefined;
  /** What is left at the end of the log. */
  finish(): { readonly impressions: readonly JoinedImpression[]; readonly rejections: readonly Rejection[] };
  readonly otherInteractions: number;
}

export function createJoiner({ joinWindow, labelTypes, openLimit }: JoinOptions): Joiner {
  const open = new Map<string, JoinedImpression>();
  const closed = new Set<string>();
  const waiting: LoggedInteraction[] = [];
  const waitingFor = new Set<string>();
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
      open.set(ranking.id, { time: ranking.time, line, ranking, clickTimes: ranking.items.map(() => -1) });
      return open.size > openLimit ? closeExpired() : [];
    },
    addInteraction(logged) {
      const { interaction } = logged;
      if (!labelTypes.includes(interaction.type)) {
        otherInteractions++;
        return undefined;
      }
      const list = open.get(interaction.ranking);
      if (list) return attempt(() => join(list, logged.interaction), logged);
      if (closed.has(interaction.ranking)) {
        return { ...logged, error: late(interaction) };
      }
      // Perhaps its list comes later in the file: judged at the end.
      waiting.push(logged);
      waitingFor.add(interaction.ranking);
      return undefined;
    },
    finish() {
      const rejections: Rejection[] = [];
      for (const logged of waiting) {
        const { interaction } = logged;
        const list = open.get(interaction.ranking);
        const rejection = list
          ? attempt(() => join(list, logged.interaction), logged)
          : {
              ...logged,
              error: new RejectedEvent(
                'unknown-list',
                `expected the ranking "${interaction.ranking}" in the log, found no such list`,
              ),
            };
        if (rejection) rejections.push(rejection);
      }
      return { impressions: [...open.values()], rejections };
    },
  };

  /** Lists whose window has passed, except those that an early interaction waits for. */
  function closeExpired(): JoinedImpression[] {
    const expired: JoinedImpression[] = [];
    for (const [id, list] of open) {
      if (watermark - list.time <= joinWindow || waitingFor.has(id)) continue;
      open.delete(id);
      closed.add(id);
      expired.push(list);
      if (expired.length >= openLimit / 2) break;
    }
    // Ids of long-closed lists go, so that memory stays bounded; a duplicate of one of those would pass.
    for (const id of closed) {
      if (closed.size <= 20 * openLimit) break;
      closed.delete(id);
    }
    return expired;
  }

  function join(list: JoinedImpression, interaction: InteractionEvent): void {
    const at = list.ranking.items.findIndex(({ id }) => id === interaction.item);
    if (at < 0) {
      throw new RejectedEvent(
        'item-not-in-list',
        `expected an item of list "${interaction.ranking}", found "${interaction.item}"`,
      );
    }
    if (interaction.time < list.time) {
      throw new RejectedEvent(
        'interaction-before-list',
        `expected a time after its list's ${list.time}, found ${interaction.time}`,
      );
    }
    if (interaction.time - list.time > joinWindow) throw late(interaction);
    const earlier = list.clickTimes[at];
    list.clickTimes[at] = earlier < 0 ? interaction.time : Math.min(earlier, interaction.time);
  }

  function late({ ranking, time }: InteractionEvent): RejectedEvent {
    return new RejectedEvent(
      'late-interaction',
      `expected within ${joinWindow / 60_000} minutes of list "${ranking}", found time ${time}`,
    );
  }
}

function attempt(act: () => void, logged: LoggedInteraction): Rejection | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof RejectedEvent) return { ...logged, error };
    throw error;
  }
}
