/** Takes events in: each is checked, recognised where it came before, written to the journal, and entered into every memory, in one order, before its sender is told. */
import type { LogEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import type { ArrivingEvent, Observed, Outcome } from '../host.ts';
import type { Journal } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { JournalUnavailable } from '../journal/journal-unavailable.ts';
import { eventKey } from './event-key.ts';
import { type EventUnderWay, eventContent, eventUnderWay } from './event-under-way.ts';
import type { Followed } from './follower.ts';
import type { RecentEvents } from './recent-events.ts';
import { createUntakenEvents } from './untaken-events.ts';

export interface IntakeOptions {
  readonly journal: Journal;
  /** Lets a written entry enter the memories. */
  readonly apply: (entry: JournalEntry) => Followed;
  readonly recent: RecentEvents;
  /** The event that somebody sent. Throws `InputError` where it is none. */
  readonly read: (event: unknown) => LogEvent;
}

export interface Intake {
  observe(events: readonly ArrivingEvent[]): Promise<Observed>;
  /** Lets an entry enter that came by no call of `observe` here. */
  enter(entry: JournalEntry): void;
  /** Remembers what a memory made of an entry, so that it is known again. */
  remember(entry: JournalEntry, followed: Followed): void;
  /** Events that are not in the memories yet. */
  readonly waiting: number;
}

export function createIntake({ journal, apply, recent, read }: IntakeOptions): Intake {
  const underWay = new Map<string, EventUnderWay>();
  const untaken = createUntakenEvents();
  let waiting = 0;

  /** The event's own way, or that of the same event which is under way, or what is known of it already. */
  function begin({ id, event: given }: ArrivingEvent, begun: EventUnderWay[]): Outcome | EventUnderWay {
    try {
      const content = eventContent(id, read(given));
      const key = eventKey(id, content.event);
      const sequence = key === undefined ? undefined : recent.find(key);
      if (sequence !== undefined) return { taken: true, applied: 'again', sequence };
      const same = key === undefined ? undefined : underWay.get(key);
      if (same) return same;
      const own = eventUnderWay(content, key);
      if (key !== undefined) underWay.set(key, own);
      begun.push(own);
      return own;
    } catch (error) {
      if (error instanceof InputError) return { taken: false, code: error.code, message: error.message };
      throw error;
    }
  }

  async function write(ways: readonly EventUnderWay[]): Promise<void> {
    const left = new Set(ways);
    waiting += ways.length;
    try {
      // One that another process has written may count for nothing: then it is written once more.
      for (let next = ways; next.length > 0; ) next = await writeOnce(next, left);
    } catch (error) {
      for (const way of left) {
        leave(way);
        way.fail(error);
      }
      throw error;
    } finally {
      waiting -= ways.length;
    }
  }

  async function writeOnce(
    ways: readonly EventUnderWay[],
    left: Set<EventUnderWay>,
  ): Promise<readonly EventUnderWay[]> {
    const once: EventUnderWay[] = [];
    const contents = ways.map(({ content }) => content);
    await journal.append(
      contents,
      (entry, at) => {
        left.delete(ways[at]);
        ended(ways[at], entry);
      },
      {
        keys: ways.map(({ key }) => key),
        despite: ways.map(({ key }) => (key === undefined ? undefined : untaken.find(key))),
        again(at, sequence) {
          const way = ways[at];
          if (way.key !== undefined && untaken.find(way.key) === sequence) {
            once.push(way);
            return;
          }
          left.delete(way);
          leave(way);
          way.settle({ taken: true, applied: 'again', sequence });
        },
      },
    );
    return once;
  }

  function ended(way: EventUnderWay, entry: JournalEntry): void {
    leave(way);
    const { key } = way;
    const { sequence } = entry;
    const followed = apply(entry);
    note(key, entry, followed);
    if (key !== undefined && !('applied' in followed)) journal.release(key, sequence);
    way.settle(outcomeOf(followed, sequence));
  }

  function note(key: string | undefined, { sequence, arrivedAt }: JournalEntry, followed: Followed): void {
    if (key === undefined) return;
    // What no memory took may come again, and count then.
    if ('applied' in followed) recent.add(key, { sequence, arrivedAt });
    else untaken.add(key, sequence);
  }

  function remember(entry: JournalEntry, followed: Followed): void {
    if (entry.kind === 'event') note(eventKey(entry.id, entry.event), entry, followed);
  }

  function leave({ key }: EventUnderWay): void {
    if (key !== undefined) underWay.delete(key);
  }

  return {
    get waiting() {
      return waiting;
    },
    remember,
    enter: (entry) => remember(entry, apply(entry)),
    async observe(events) {
      const begun: EventUnderWay[] = [];
      const ways = events.map((event) => begin(event, begun));
      if (begun.length > 0) await write(begun);
      const outcomes = await Promise.all(
        ways.map(async (way, at) => {
          if (!('outcome' in way)) return way;
          if (begun.includes(way)) return way.outcome;
          // The same event of another call may have failed: then this one is on its own.
          return way.outcome.catch(() => alone(events[at], begun.length > 0));
        }),
      );
      const sequences = outcomes.flatMap((outcome) => (outcome.taken ? [outcome.sequence] : []));
      return { sequence: Math.max(0, ...sequences) || journal.sequence, outcomes };
    },
  };

  async function alone(event: ArrivingEvent, isOneOfSeveral: boolean): Promise<Outcome> {
    const begun: EventUnderWay[] = [];
    const way = begin(event, begun);
    if (!('outcome' in way)) return way;
    try {
      if (begun.length > 0) await write(begun);
      return await way.outcome;
    } catch (error) {
      if (!isOneOfSeveral || !(error instanceof JournalUnavailable)) throw error;
      return { taken: false, code: error.code, message: error.message };
    }
  }
}

const outcomeOf = (followed: Followed, sequence: number): Outcome =>
  'applied' in followed ? { taken: true, applied: followed.applied, sequence } : { taken: false, ...followed };
