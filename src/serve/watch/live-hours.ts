/**
 * What was shown and clicked in each of the last hours: a fold over the journal's entries as they come. Hours are those of the lists' own times, and what time it is follows from the
 * latest of them: so what is played faster than it happens, or told again later, counts as when it happened.
 */
import { createDayCounter, type DayCounter, type FieldsOfDay } from '../../datasets/profile/day-counter.ts';
import type { DayProfile, FieldBins } from '../../datasets/profile/log-profile.ts';
import { heldTime } from '../../memory/held-time.ts';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { InteractionEvent, RankingEvent } from '../../slate/events.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { createShownAnswers } from '../journal/shown-answers.ts';
import { createLatestLists, takeUnclicked, type Unclicked, unclicked } from './latest-lists.ts';

const HOUR = 60 * 60_000;
/** Milliseconds that are kept: a day, and the hour that has not ended. */
export const KEPT: number = 25 * HOUR;
/** Lists that clicks may still come for; beyond, the oldest are taken as they are. */
const OPEN = 50_000;
/** Answers that may still be shown. */
const WAITING = 20_000;
/** In place of a user's id: counts of a day are nobody's. */
const SOMEBODY = '-';

/** Of lists that were shown as they were answered. */
export interface AnsweredClicks {
  clicks: number;
  /** Sum of the probabilities, and of what each item adds to the variance of their clicks. */
  expected: number;
  variance: number;
}

export interface LiveHour {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly day: DayProfile;
  readonly clicks: number;
  readonly answered: Readonly<AnsweredClicks>;
}

export interface LiveHours {
  enter(entry: JournalEntry): void;
  /** The last day's hours for which no more clicks can come. `now`: by the clock of arrivals. */
  settled(now: number): readonly LiveHour[];
}

interface Hour {
  readonly from: number;
  readonly counter: DayCounter;
  clicks: number;
  readonly answered: AnsweredClicks;
}

interface OpenList {
  readonly hour: Hour;
  readonly user: string;
  /** Whose clicks are still to come. */
  readonly items: Unclicked;
  readonly isAnswered: boolean;
}

export interface LiveHoursOptions {
  readonly fields: readonly FieldBins[];
  readonly known: FieldsOfDay;
  readonly joinWindow: number;
  readonly labelTypes: readonly string[];
  /** Milliseconds that an event may be ahead of its arrival; it counts at its arrival beyond. */
  readonly futureLimit: number;
}

export function createLiveHours({ fields, known, joinWindow, labelTypes, futureLimit }: LiveHoursOptions): LiveHours {
  const hours = new Map<number, Hour>();
  const open = createLatestLists<OpenList>();
  let answers = createShownAnswers(WAITING);
  /** The latest list, by its own time. */
  let latest = { time: Number.NEGATIVE_INFINITY, arrivedAt: 0 };

  function hourOf(time: number): Hour {
    const from = Math.floor(time / HOUR) * HOUR;
    const found = hours.get(from);
    if (found) return found;
    const answered = { clicks: 0, expected: 0, variance: 0 };
    const hour = { from, counter: createDayCounter(fields), clicks: 0, answered };
    hours.set(from, hour);
    for (const each of hours.keys()) if (each <= from - KEPT) hours.delete(each);
    return hour;
  }

  function show(list: RankingEvent, arrivedAt: number): void {
    const time = heldTime(list.time, arrivedAt, futureLimit);
    if (time > latest.time) latest = { time, arrivedAt };
    const hour = hourOf(time);
    const ranking = list.user === '' ? list : { ...list, user: SOMEBODY };
    const clickTimesK = new Float64Array(list.items.length).fill(-1);
    hour.counter.add({ ranking, clickTimesK }, { ...known, user: () => known.user(list.user) }, undefined);
    const answer = answers.take(list);
    if (answer) expect(answer, hour.answered);
    open.add(list.id, { hour, user: list.user, items: unclicked(list.items), isAnswered: answer !== undefined });
    for (let oldest = open.oldest(); oldest; oldest = open.oldest()) {
      if (open.size <= OPEN && oldest.hour.from + HOUR + joinWindow > latest.time) break;
      open.removeOldest();
    }
  }

  function expect({ items }: AnsweredList, answered: AnsweredClicks): void {
    for (const { probability } of items) {
      if (probability === null) continue;
      answered.expected += probability;
      answered.variance += probability * (1 - probability);
    }
  }

  function click(event: InteractionEvent): void {
    const list = event.ranking === '' ? latestOf(event) : open.get(event.ranking);
    if (!list || !takeUnclicked(list.items, event.item)) return;
    list.hour.clicks++;
    if (list.isAnswered) list.hour.answered.clicks++;
  }

  function forget(user: string): void {
    open.removeWhere((list) => list.user === user);
    answers = createShownAnswers(WAITING);
  }

  function latestOf({ user, item }: InteractionEvent): OpenList | undefined {
    return open.findLast((list) => list.user === user && list.items.includes(item));
  }

  return {
    enter(entry) {
      if (entry.kind === 'answer') answers.add({ ...entry.answer, candidates: [] });
      if (entry.kind === 'erase') forget(entry.user);
      if (entry.kind !== 'event') return;
      const { event } = entry;
      if (event.event === 'ranking') show(event, entry.arrivedAt);
      if (event.event === 'interaction' && labelTypes.includes(event.type)) click(event);
    },
    settled(now) {
      const clock = latest.time + Math.max(0, now - latest.arrivedAt);
      return [...hours.values()]
        .filter(({ from }) => from + HOUR + joinWindow <= clock && from > clock - KEPT)
        .map(({ from, counter, clicks, answered }) => ({
          ...{ from, clicks, answered },
          day: counter.profile({ from, to: from + HOUR }),
        }));
    },
  };
}
