/** A data set to its days. */
import type { FieldStatistics } from '../../encoding/field-values/field-statistics.ts';
import { createRng } from '../../random/rng.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { type Fields, type FieldValue, fieldOf, mergeFields, noFields } from '../../slate/fields.ts';
import type { Dataset, DatasetRow } from '../folder/dataset.ts';
import { createDayCounter, type DayCounter, type FieldsBefore, type FieldsOfDay } from './day-counter.ts';
import { binsOf } from './field-bins.ts';
import type { DayProfile, FieldBins, LogProfile } from './log-profile.ts';

const DAY = 24 * 60 * 60_000;
/** Days that a profile keeps. */
const KEPT = 28;
/** Values of a field that its bins are made from. */
const SAMPLED = 5_000;

type Profiled = Pick<Dataset, 'rows' | 'fields' | 'summary'>;

/** What a log is like, up to a time. Reads it twice. */
export async function profileDataset(dataset: Profiled, until: number = dataset.summary.lastTime): Promise<LogProfile> {
  const fields = await fieldBins(dataset, until);
  const days = await profileDays(dataset, { fields, until });
  return { format: 1, fields, days: days.slice(-KEPT) };
}

/**
 * The days of a data set up to a time, in bins that are given; the oldest first. A day without lists is not among them, nor the first one where the log begins within it, unless there
 * is no other.
 */
export async function profileDays(
  { rows, summary }: Pick<Dataset, 'rows' | 'summary'>,
  {
    fields,
    until = summary.lastTime,
    isLeftOut = () => false,
    since,
  }: {
    readonly fields: readonly FieldBins[];
    readonly until?: number;
    /** Times whose lists were taken out of the log: that there are none is no gap. */
    readonly isLeftOut?: (times: Pick<DayProfile, 'from' | 'to'>) => boolean;
    /** Of lists from then on it is told what was known of their items before. */
    readonly since?: number | undefined;
  },
): Promise<readonly DayProfile[]> {
  const days = new Map<number, DayCounter>();
  const known = createKnown();
  let before: number | undefined;
  for await (const row of rows()) {
    if (since !== undefined && timeOf(row) >= since) known.keep();
    if (row.kind !== 'impression') known.tell(row);
    else if (row.impression.ranking.time <= until) {
      const { time } = row.impression.ranking;
      const day = Math.floor((until - time) / DAY);
      const counter = days.get(day) ?? createDayCounter(fields);
      days.set(day, counter);
      const gap = before === undefined || isLeftOut({ from: before, to: time }) ? undefined : time - before;
      counter.add(row.impression, known, gap);
      if (since !== undefined) known.shown(row.impression.ranking);
      before = time;
    }
  }
  const found = [...days]
    .sort(([a], [b]) => b - a)
    .map(([day, counter]) => counter.profile({ from: until - (day + 1) * DAY + 1, to: until - day * DAY + 1 }));
  const isWhole = found.length < 2 || summary.firstTime <= found[0].from + DAY / 10;
  return isWhole ? found : found.slice(1);
}

/** Bins by a sample of each field's values on the lists. */
async function fieldBins({ rows, fields }: Profiled, until: number): Promise<readonly FieldBins[]> {
  const samples = fields.map(createSample);
  const known = createKnown();
  for await (const row of rows()) {
    if (row.kind !== 'impression') {
      known.tell(row);
      continue;
    }
    const { ranking } = row.impression;
    if (ranking.time > until) continue;
    for (const { scope, add } of samples) {
      if (scope === 'ranking') add(ranking.fields);
      if (scope === 'user' && ranking.user !== '') add(known.user(ranking.user));
      if (scope === 'item') for (const { id } of ranking.items) add(known.item(id));
      if (scope === 'rankedItem') for (const item of ranking.items) add(item.fields);
    }
  }
  return samples.map(({ scope, name, values }) => binsOf({ scope, name }, values));
}

interface Sample extends Pick<FieldStatistics, 'scope' | 'name'> {
  readonly values: readonly FieldValue[];
  readonly add: (fields: Fields) => void;
}

/** Every value is as likely to be in it as any other (reservoir sampling). */
function createSample({ scope, name }: FieldStatistics): Sample {
  const rng = createRng(`profile of ${scope}.${name}`);
  const values: FieldValue[] = [];
  let met = 0;
  return {
    ...{ scope, name, values },
    add(fields) {
      const value = fieldOf(fields, name);
      if (value === undefined) return;
      met++;
      if (values.length < SAMPLED) values.push(value);
      else {
        const at = rng.integer(met);
        if (at < SAMPLED) values[at] = value;
      }
    },
  };
}

const timeOf = (row: DatasetRow): number => (row.kind === 'impression' ? row.impression.ranking.time : row.event.time);

interface KnownFields extends FieldsOfDay {
  tell(row: Exclude<DatasetRow, { kind: 'impression' }>): void;
  /** What its items had in it; passed over once `keep` was called. */
  shown(ranking: RankingEvent): void;
  /** What is known of the items now is what was known before, from now on. A second call does nothing. */
  keep(): void;
}

function createKnown(): KnownFields {
  const items = new Map<string, Fields>();
  const users = new Map<string, Fields>();
  const rankedItems = new Map<string, Fields>();
  let before: FieldsBefore | undefined;
  return {
    item: (id) => items.get(id) ?? noFields,
    user: (id) => users.get(id) ?? noFields,
    get before() {
      return before;
    },
    shown(ranking) {
      if (!before) for (const { id, fields } of ranking.items) rankedItems.set(id, fields);
    },
    keep() {
      if (before) return;
      const kept = new Map(items);
      before = { item: (id) => kept.get(id), rankedItem: (id) => rankedItems.get(id) };
    },
    tell(row) {
      const [of, id] = row.kind === 'item' ? [items, row.event.item] : [users, row.event.user];
      of.set(id, mergeFields(of.get(id) ?? noFields, row.event.fields));
    },
  };
}
