import type { FieldUpdates, FieldValue } from '../../slate/fields.ts';
import { isDate } from '../encoders/time-value.ts';

/** Whose field it is: of an item, a user, the request, or of one item in one list. */
export type FieldScope = 'item' | 'user' | 'ranking' | 'rankedItem';

/** What a pass over the log has seen of one field; the schema is inferred from it. */
export interface FieldStatistics {
  readonly scope: FieldScope;
  readonly name: string;
  /** Events that carry the field, of `total` events of the scope. */
  readonly count: number;
  readonly total: number;
  readonly numbers: number;
  readonly strings: number;
  /** Strings that are dates, with or without a time of day (ISO 8601). */
  readonly dates: number;
  /** Strings that exporters write for a missing value: nothing, `NaN`, `null`. */
  readonly blanks: number;
  readonly booleans: number;
  readonly stringLists: number;
  readonly numberLists: number;
  /** Distinct values (of lists: of their elements); beyond `DISTINCT_LIMIT` taken to go on appearing at the rate so far. */
  readonly distinct: number;
  readonly min: number;
  readonly max: number;
  /** Mean length of strings in characters, or of lists in elements. */
  readonly meanLength: number;
}

/** Distinct values are counted exactly up to here, so that memory stays bounded. */
export const DISTINCT_LIMIT = 100_000;

const BLANK = /^\s*(nan|null)?\s*$/i;

export interface FieldStatisticsCollector {
  observe(scope: FieldScope, fields: FieldUpdates): void;
  result(): readonly FieldStatistics[];
}

type Tally = {
  -readonly [key in keyof Omit<FieldStatistics, 'total' | 'distinct' | 'meanLength'>]: FieldStatistics[key];
} & {
  lengths: number;
  values: Set<FieldValue>;
  /** Values in all, and those seen while distinct ones were counted. */
  occurrences: number;
  counted: number;
};

/** Collects statistics of all fields in one streaming pass. */
export function createFieldStatistics(): FieldStatisticsCollector {
  const totals: Record<FieldScope, number> = { item: 0, user: 0, ranking: 0, rankedItem: 0 };
  const tallies = new Map<string, Tally>();
  return {
    observe(scope, fields) {
      totals[scope]++;
      for (const [name, value] of Object.entries(fields)) if (value !== null) tally(tallyOf(scope, name), value);
    },
    result: () =>
      [...tallies.values()].map(({ lengths, values, occurrences, counted, ...rest }) => ({
        ...rest,
        total: totals[rest.scope],
        distinct: Math.round((values.size * occurrences) / Math.max(1, counted)),
        meanLength: lengths / Math.max(1, rest.strings + rest.stringLists + rest.numberLists),
      })),
  };

  function tallyOf(scope: FieldScope, name: string): Tally {
    const key = `${scope} ${name}`;
    const known = tallies.get(key);
    if (known) return known;
    const counts = {
      count: 0,
      numbers: 0,
      strings: 0,
      dates: 0,
      blanks: 0,
      booleans: 0,
      stringLists: 0,
      numberLists: 0,
      lengths: 0,
    };
    const fresh = {
      scope,
      name,
      ...counts,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      values: new Set<FieldValue>(),
      occurrences: 0,
      counted: 0,
    };
    tallies.set(key, fresh);
    return fresh;
  }
}

function tally(into: Tally, value: FieldValue): void {
  into.count++;
  if (typeof value === 'number') {
    into.numbers++;
    into.min = Math.min(into.min, value);
    into.max = Math.max(into.max, value);
  } else if (typeof value === 'boolean') into.booleans++;
  else if (typeof value === 'string') {
    into.strings++;
    if (isDate(value)) into.dates++;
    if (BLANK.test(value)) into.blanks++;
    into.lengths += value.length;
  } else {
    into.lengths += value.length;
    if (typeof value[0] === 'number') into.numberLists++;
    else into.stringLists++;
  }
  for (const element of typeof value === 'object' ? value : [value]) {
    into.occurrences++;
    if (into.values.size >= DISTINCT_LIMIT) continue;
    into.counted++;
    into.values.add(element);
  }
}
