/** What a shop was told, by days. */
import type { LogEvent } from '../../src/slate/events.ts';

export interface DayLog {
  add(events: readonly LogEvent[]): void;
  /** What is known of items and users, and the lists and clicks of so many latest days, in the order of time. */
  latest(days: number): readonly LogEvent[];
  /** When the latest day began; epoch milliseconds. */
  morning(): number;
  /** Forgets the lists and clicks of the latest day. */
  leaveOutDay(): void;
  /** Whether any of these times is of a day that was left out. */
  overlapsLeftOut(times: { readonly from: number; readonly to: number }): boolean;
  copy(): DayLog;
}

const DAY = 86_400_000;

const isKnowledge = ({ event }: LogEvent): boolean => event === 'item' || event === 'user';

interface Told {
  readonly log: LogEvent[];
  readonly leftOut: number[];
}

export function createDayLog(told: Told = { log: [], leftOut: [] }): DayLog {
  let { log } = told;
  const { leftOut } = told;
  // Of its last list: its clicks may come after midnight.
  const morning = (): number => {
    const last = log.findLast(({ event }) => event === 'ranking')?.time ?? 0;
    return Math.floor(last / DAY) * DAY;
  };
  /** Those whose lists are of such a time, and all that is known of items and users. */
  function withLists(isWanted: (time: number) => boolean): LogEvent[] {
    const lists = new Set(log.flatMap((each) => (each.event === 'ranking' && isWanted(each.time) ? [each.id] : [])));
    return log.filter(
      (each) =>
        isKnowledge(each) ||
        (each.event === 'ranking' && lists.has(each.id)) ||
        (each.event === 'interaction' && lists.has(each.ranking)),
    );
  }
  return {
    add: (events) => void log.push(...events),
    latest(days) {
      const from = morning() - (days - 1) * DAY;
      return withLists((time) => time >= from);
    },
    morning,
    leaveOutDay() {
      const from = morning();
      log = withLists((time) => time < from);
      leftOut.push(from);
    },
    overlapsLeftOut: ({ from, to }) => leftOut.some((start) => from < start + DAY && start < to),
    copy: () => createDayLog({ log: [...log], leftOut: [...leftOut] }),
  };
}
