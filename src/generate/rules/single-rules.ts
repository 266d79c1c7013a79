import type { FieldIs, Rules } from './rules.ts';

/** One demand out of many, to drop, to name or to price by itself. */
export interface SingleRule {
  /** In words, places from 1: `pin i7 at place 1`. */
  readonly sentence: string;
  /** The same demand as rules of one entry. */
  readonly rules: Rules;
}

/** Every demand by itself, in the order of `Rules`; excluded ids each by itself too, or all as one demand. */
export function singleRules(rules: Rules, excludes: 'each' | 'as one' = 'each'): readonly SingleRule[] {
  const { pin = [], exclude = [], excludeWhere = [], atMost = [], atLeast = [], unique = [], minExposure = [] } = rules;
  const { keepFirst = 0 } = rules;
  return [
    ...pin.map((one) => ({ sentence: `pin ${one.item} at place ${one.position + 1}`, rules: { pin: [one] } })),
    ...(excludes === 'each' ? exclude.map((id) => [id]) : exclude.length > 0 ? [exclude] : []).map(excluded),
    ...excludeWhere.map((one) => ({ sentence: `exclude ${group(one)}`, rules: { excludeWhere: [one] } })),
    ...atMost.map((one) => ({ sentence: `at most ${one.count} of ${capped(one)}`, rules: { atMost: [one] } })),
    ...atLeast.map((one) => ({ sentence: `at least ${one.count} of ${group(one)}`, rules: { atLeast: [one] } })),
    ...unique.map((field) => ({ sentence: `no ${field} twice`, rules: { unique: [field] } })),
    ...(keepFirst > 0 ? [{ sentence: kept(keepFirst), rules: { keepFirst } }] : []),
    ...minExposure.map((one) => ({
      sentence: `at least ${percent(one.share)} % of the attention to ${group(one)}`,
      rules: { minExposure: [one] },
    })),
  ];
}

/** The other way round: `joinRules(singleRules(rules))` demands what `rules` does. */
export function joinRules(singles: readonly SingleRule[]): Rules {
  const all = <K extends keyof Rules>(key: K): NonNullable<Rules[K]>[] =>
    singles.flatMap(({ rules }) => (rules[key] === undefined ? [] : [rules[key]]));
  return {
    pin: all('pin').flat(),
    exclude: all('exclude').flat(),
    excludeWhere: all('excludeWhere').flat(),
    atMost: all('atMost').flat(),
    atLeast: all('atLeast').flat(),
    unique: all('unique').flat(),
    keepFirst: Math.max(0, ...all('keepFirst')),
    minExposure: all('minExposure').flat(),
  };
}

const excluded = (exclude: readonly string[]): SingleRule => ({
  sentence: `exclude ${exclude.length > LISTED ? `${exclude.length.toLocaleString('en')} ids` : exclude.join(', ')}`,
  rules: { exclude },
});
/** Excluded ids that are told by name. */
const LISTED = 3;
const group = ({ field, value }: FieldIs): string => `${field} ${value}`;
const capped = ({ field, value }: { field: string; value?: FieldIs['value'] | undefined }): string =>
  value === undefined ? `each ${field}` : `${field} ${value}`;
const kept = (count: number): string =>
  count === 1 ? 'keep the first candidate' : `keep the first ${count} candidates`;
const percent = (share: number): number => Number((share * 100).toFixed(2));
