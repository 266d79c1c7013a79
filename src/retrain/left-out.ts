import type { EventSource, SourceRecord } from '../sources/event-source.ts';
import type { Period } from './retrain-options.ts';

/** So much of a day may be missing, and what is left still tells what the day was like. */
const LITTLE = 0.1;

/** Whether at most a tenth of a day was left out. */
export const isMostlyThere = (periods: readonly Period[], day: Period): boolean =>
  periods.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, day.to) - Math.max(from, day.from)), 0) <=
  LITTLE * (day.to - day.from);

const isIn = (periods: readonly Period[], time: number): boolean =>
  periods.some(({ from, to }) => time >= from && time < to);

/** A source without the lists of some periods, and without what was done on them. What is told of items and users stays. */
export function withoutPeriods(source: EventSource, periods: readonly Period[]): EventSource {
  if (periods.length === 0) return source;
  return {
    ...source,
    async *records(options) {
      const lists = new Set<string>();
      for await (const record of source.records(options)) if (!isLeftOut(record, lists)) yield record;
    },
  };

  function isLeftOut(record: SourceRecord, lists: Set<string>): boolean {
    if (!('event' in record)) return false;
    const { event } = record;
    if (event.event === 'ranking') {
      if (!isIn(periods, event.time)) return false;
      lists.add(event.id);
      return true;
    }
    if (event.event !== 'interaction') return false;
    return event.ranking === '' ? isIn(periods, event.time) : lists.has(event.ranking);
  }
}
