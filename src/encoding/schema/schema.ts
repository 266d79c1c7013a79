import { z } from 'zod';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import type { FieldScope, FieldStatistics } from '../field-values/field-statistics.ts';
import { areEpochMilliseconds } from '../field-values/time-value.ts';
import { type FieldKind, fieldKindParts, fieldKinds } from './field-kinds.ts';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** Of a vector: its length. */
  readonly length?: number | undefined;
}

export interface FeatureSchema {
  readonly item: readonly Field[];
  readonly user: readonly Field[];
  readonly ranking: readonly Field[];
  readonly rankedItem: readonly Field[];
}

const field = z.object({ name: z.string(), kind: z.enum(fieldKinds), length: z.number().int().positive().optional() });

/** The schema as it is stored and as a config may give it. */
export const featureSchema: z.ZodType<FeatureSchema> = z.object({
  item: z.array(field),
  user: z.array(field),
  ranking: z.array(field),
  rankedItem: z.array(field),
});

/** `"item.price": "numeric"`: kinds given by hand, which win over inferred ones. */
export type FieldOverrides = Readonly<Record<string, FieldKind>>;

/** A category whose values occur fewer times than this on average teaches nothing that carries over to the next item. */
const MEAN_REPEATS = 2;
/** Strings longer than this on average are text, not names of categories. */
export const TEXT_LENGTH = 60;

/** A share of numbers from which a field is one of numbers, and what else it holds missing. */
const MOSTLY = 0.95;

/** So many different whole numbers, written as text, may be categories. */
const FEW_VALUES = 50;

/** Whether a field is called as an id is: `id`, `chain_id`, `brandId`, `zip code`. */
export const isNameOfId = (name: string): boolean =>
  /(?:^|[^a-z])(?:ids?|code|zip|sku)$/i.test(name) || /[a-z]Ids?$/.test(name);

/** Throws `InputError` where a kind is given to a field that is none of these. */
export function checkOverrides(statistics: readonly FieldStatistics[], overrides: FieldOverrides): void {
  const known = new Set(statistics.map(({ scope, name }) => `${scope}.${name}`));
  for (const key of Object.keys(overrides)) {
    if (!known.has(key)) {
      throw new InputError(
        `schema: the config gives a kind to a field that the log does not have: ${unknownName(key, [...known].sort())}`,
        'unknown-field',
      );
    }
  }
}

/** The kind of each of these fields. A kind given by hand to a field that is none of them waits for it. */
export function inferSchema(statistics: readonly FieldStatistics[], overrides: FieldOverrides = {}): FeatureSchema {
  const of = (scope: FieldScope): Field[] =>
    statistics
      .filter((field) => field.scope === scope)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((field) => {
        const given = overrides[`${scope}.${field.name}`];
        if (given) checkKind(field, given);
        const kind = given ?? inferKind(field);
        return kind === 'vector' ? { name: field.name, kind, length: field.longest } : { name: field.name, kind };
      });
  return { item: of('item'), user: of('user'), ranking: of('ranking'), rankedItem: of('rankedItem') };
}

function inferKind(field: FieldStatistics): FieldKind {
  const { count, numbers, booleans, strings, dates, blanks, stringLists, numberLists, emptyLists, min, max } = field;
  if (dates > 0 && dates + blanks === count) return 'time';
  if (numbers === count && min < max && areEpochMilliseconds(field)) return 'time';
  if (numbers + booleans === count) return numbers > 0 && min === max ? 'ignored' : 'numeric';
  if (numberLists > 0 && numberLists + emptyLists === count) return kindOfNumberLists(field);
  if (stringLists + strings === count && stringLists > 0) return 'tags';
  if (strings === count && !areNumbers(field)) return kindOfTexts(field);
  return inferMixedKind(field);
}

/** Vectors are all of one length. Lists of ids are not, and their numbers are whole. */
function kindOfNumberLists({ shortest, longest, fractions }: FieldStatistics): FieldKind {
  if (shortest === longest && (longest > 1 || fractions > 0)) return 'vector';
  return fractions === 0 ? 'tags' : 'ignored';
}

function kindOfTexts({ count, distinct, meanLength }: FieldStatistics): FieldKind {
  const repeats = count / Math.max(1, distinct);
  return repeats >= MEAN_REPEATS && meanLength <= TEXT_LENGTH ? 'category' : 'ignored';
}

/** Texts that are numbers rather than names of categories: mostly numbers, no codes, and either not whole or more than categories are. */
function areNumbers(field: FieldStatistics): boolean {
  const { count, blanks, numericTexts, codes, fractions, distinct, name } = field;
  if (numericTexts === 0 || numericTexts < MOSTLY * (count - blanks) || codes > 0) return false;
  return fractions > 0 || (distinct > FEW_VALUES && !isNameOfId(name));
}

/** One "NaN" must not cost a column: numbers remain numbers beside a few values of another type, which count as missing. */
function inferMixedKind({ count, numbers, booleans, numericTexts, blanks, min, max }: FieldStatistics): FieldKind {
  const like = numbers + numericTexts;
  if (like === 0 || min === max || like + booleans < MOSTLY * (count - blanks)) return 'ignored';
  return booleans === 0 && areEpochMilliseconds({ min, max }) ? 'time' : 'numeric';
}

/** A kind given by hand must be one that the field's values can have. */
function checkKind(field: FieldStatistics, kind: FieldKind): void {
  const lack = fieldKindParts[kind].lacks(field);
  if (lack === undefined) return;
  throw new InputError(
    `schema: "${field.scope}.${field.name}" is to be a ${kind}, but the log holds ${lack.wanted} in ${lack.found} of ${field.count} events with it; give it another kind in the config`,
    'invalid-config',
  );
}
