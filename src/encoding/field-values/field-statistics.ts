import { type FieldUpdates, type FieldValue, noFields } from '../../slate/fields.ts';
import { type OtherSpellings, otherSpellingsOf } from './other-spellings.ts';
import { numberOfText, standsForNone } from './text-number.ts';
import { isDate } from './time-value.ts';

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
  /** Strings that exporters write for a missing value: nothing, `NaN`, `NULL`, ... (`standsForNone`). */
  readonly blanks: number;
  /** Strings that write a number (`numberOfText`), and those of them that begin with a 0 that no number needs, as codes do. */
  readonly numericTexts: number;
  readonly codes: number;
  readonly booleans: number;
  readonly stringLists: number;
  readonly numberLists: number;
  /** Lists without an element; counted among the lists of strings too. */
  readonly emptyLists: number;
  /** Numbers, in texts and lists too, that are not whole; and those beyond 2^53, whose last digits are lost. */
  readonly fractions: number;
  readonly unsafe: number;
  /** Distinct values (of lists: of their elements); beyond `DISTINCT_LIMIT` taken to go on appearing at the rate so far. */
  readonly distinct: number;
  /** Of numbers, and of those written as text. */
  readonly min: number;
  readonly max: number;
  /** Elements of the shortest and of the longest list of numbers. */
  readonly shortest: number;
  readonly longest: number;
  /** Mean length of strings in characters, or of lists in elements. */
  readonly meanLength: number;
  /** Where texts of it are alike but for their case. */
  readonly otherSpellings?: OtherSpellings;
}

/** Distinct values are counted exactly up to here, so that memory stays bounded. */
export const DISTINCT_LIMIT = 100_000;

/** What a collector goes on from: it counts as if it had seen all that the one before saw. */
export interface SavedStatistics {
  readonly totals: Readonly<Record<FieldScope, number>>;
  readonly tallies: ReadonlyMap<string, unknown>;
}

export interface FieldStatisticsCollector {
  observe(scope: FieldScope, fields: FieldUpdates): void;
  /** So many events of a scope, whose values `field` takes. */
  addEvents(scope: FieldScope, count: number): void;
  /** Takes the values of one field. Fields are told in the order in which they were first asked for. */
  field(scope: FieldScope, name: string): (value: FieldValue) => void;
  result(): readonly FieldStatistics[];
  /** The collector's own: to be written, not changed. */
  save(): SavedStatistics;
}

type Tally = {
  -readonly [key in keyof Omit<
    FieldStatistics,
    'total' | 'distinct' | 'meanLength' | 'otherSpellings'
  >]: FieldStatistics[key];
} & {
  lengths: number;
  values: Set<FieldValue>;
  /** Values in all, and those seen while distinct ones were counted. */
  occurrences: number;
  counted: number;
};

const present = (otherSpellings: OtherSpellings | undefined): Pick<FieldStatistics, 'otherSpellings'> =>
  otherSpellings ? { otherSpellings } : {};

/** Collects statistics of all fields in one streaming pass. */
export function createFieldStatistics(saved?: SavedStatistics): FieldStatisticsCollector {
  const totals: Record<FieldScope, number> = { item: 0, user: 0, ranking: 0, rankedItem: 0, ...saved?.totals };
  const tallies = new Map((saved?.tallies ?? []) as Iterable<[string, Tally]>);
  return {
    save: () => ({ totals, tallies }),
    observe(scope, fields) {
      totals[scope]++;
      if (fields === noFields) return;
      for (const [name, value] of Object.entries(fields)) if (value !== null) tally(tallyOf(scope, name), value);
    },
    addEvents(scope, count) {
      totals[scope] += count;
    },
    field(scope, name) {
      const into = tallyOf(scope, name);
      return (value) => tally(into, value);
    },
    result: () =>
      [...tallies.values()].map(({ lengths, values, occurrences, counted, ...rest }) => ({
        ...rest,
        ...present(otherSpellingsOf(values)),
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
      numericTexts: 0,
      codes: 0,
      booleans: 0,
      stringLists: 0,
      numberLists: 0,
      emptyLists: 0,
      fractions: 0,
      unsafe: 0,
      lengths: 0,
    };
    const fresh = {
      scope,
      name,
      ...counts,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      shortest: Number.POSITIVE_INFINITY,
      longest: 0,
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
    tallyNumber(into, value);
  } else if (typeof value === 'boolean') into.booleans++;
  else if (typeof value === 'string') {
    into.strings++;
    tallyText(into, value);
  } else {
    into.lengths += value.length;
    if (typeof value[0] === 'number') {
      into.numberLists++;
      into.shortest = Math.min(into.shortest, value.length);
      into.longest = Math.max(into.longest, value.length);
      for (const element of value) if (typeof element === 'number') tallyDigits(into, element);
    } else into.stringLists++;
    if (value.length === 0) into.emptyLists++;
  }
  for (const element of typeof value === 'object' ? value : [value]) {
    into.occurrences++;
    if (into.values.size >= DISTINCT_LIMIT) continue;
    into.counted++;
    into.values.add(element);
  }
}

/** Texts that begin otherwise are neither dates nor numbers nor stand for none: most texts are judged by their first letter. */
const TELLING = /^[\s\d+\-.?nu\\]/i;
const CODE = /^\s*[+-]?0\d/;

function tallyText(into: Tally, text: string): void {
  into.lengths += text.length;
  if (text !== '' && !TELLING.test(text)) return;
  if (standsForNone(text)) into.blanks++;
  else if (isDate(text)) into.dates++;
  else {
    const value = numberOfText(text);
    if (value === undefined) return;
    into.numericTexts++;
    if (CODE.test(text)) into.codes++;
    tallyNumber(into, value);
  }
}

function tallyNumber(into: Tally, value: number): void {
  into.min = Math.min(into.min, value);
  into.max = Math.max(into.max, value);
  tallyDigits(into, value);
}

function tallyDigits(into: Tally, value: number): void {
  if (!Number.isInteger(value)) into.fractions++;
  else if (!Number.isSafeInteger(value)) into.unsafe++;
}
