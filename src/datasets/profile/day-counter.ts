import { type Fields, fieldOf } from '../../slate/fields.ts';
import type { Impression } from '../../slate/impression.ts';
import { binCount, countValue } from './field-bins.ts';
import type { DayProfile, FieldBins } from './log-profile.ts';

/** Users whose lists are kept apart. */
const BUSIEST = 100;

/** What is known of items and users when a list is shown. */
export interface FieldsOfDay {
  item(id: string): Fields;
  user(id: string): Fields;
  /** At an earlier time; left out where nobody asks. */
  readonly before?: FieldsBefore | undefined;
}

/** What was known of an item, and what the last list that had it said of it; undefined of one that was not known then. */
export interface FieldsBefore {
  item(id: string): Fields | undefined;
  rankedItem(id: string): Fields | undefined;
}

export interface DayCounter {
  /** `gap`: milliseconds since the list before; undefined of the first list. */
  add(impression: Impression, known: FieldsOfDay, gap: number | undefined): void;
  profile(day: Pick<DayProfile, 'from' | 'to'>): DayProfile;
}

interface Counts {
  missing: number;
  readonly countB: number[];
}

/** Counts the lists of one day. */
export function createDayCounter(fields: readonly FieldBins[]): DayCounter {
  const items = new Set<string>();
  const users = new Map<string, number>();
  const counts = { lists: 0, shownItems: 0, clicks: 0, longestGap: 0, sameTime: 0 };
  const noCounts = (bins: FieldBins): Counts => ({
    missing: 0,
    countB: new Array<number>(binCount(bins)).fill(0),
  });
  const counted = fields.map(noCounts);
  let sameItems: readonly { readonly before: Counts; readonly now: Counts }[] | undefined;

  function count(at: number, values: Fields, into = counted[at]): void {
    const value = fieldOf(values, fields[at].name);
    if (value === undefined) into.missing++;
    else countValue(fields[at], value, into.countB);
  }

  function countSame(items: Impression['ranking']['items'], { item }: FieldsOfDay, before: FieldsBefore): void {
    sameItems ??= fields.map((bins) => ({ before: noCounts(bins), now: noCounts(bins) }));
    for (const { id, fields: ranked } of items)
      for (const [at, { scope }] of fields.entries()) {
        if (scope !== 'item' && scope !== 'rankedItem') continue;
        const earlier = before[scope](id);
        if (earlier === undefined) continue;
        count(at, earlier, sameItems[at].before);
        count(at, scope === 'item' ? item(id) : ranked, sameItems[at].now);
      }
  }

  return {
    add({ ranking, clickTimesK }, known, gap) {
      counts.lists++;
      counts.shownItems += ranking.items.length;
      counts.clicks += clickTimesK.filter((time) => time >= 0).length;
      counts.longestGap = Math.max(counts.longestGap, gap ?? 0);
      if (gap === 0) counts.sameTime++;
      if (ranking.user !== '') users.set(ranking.user, (users.get(ranking.user) ?? 0) + 1);
      for (const { id } of ranking.items) items.add(id);
      for (const [at, { scope }] of fields.entries()) {
        if (scope === 'ranking') count(at, ranking.fields);
        if (scope === 'user' && ranking.user !== '') count(at, known.user(ranking.user));
        if (scope === 'item') for (const { id } of ranking.items) count(at, known.item(id));
        if (scope === 'rankedItem') for (const item of ranking.items) count(at, item.fields);
      }
      if (known.before) countSame(ranking.items, known, known.before);
    },
    profile: (day) => ({
      ...day,
      ...counts,
      items: items.size,
      busiest: [...users.values()].sort((a, b) => b - a).slice(0, BUSIEST),
      fields: counted,
      ...(sameItems ? { sameItems } : {}),
    }),
  };
}
