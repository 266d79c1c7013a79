import type { Candidate } from '../generate/rules/candidate.ts';
import type { Fields } from '../slate/fields.ts';
import { guarded } from '../slate/own-function.ts';
import { isPlainRecord } from '../slate/plain-record.ts';
import { checkGiven, wrongGiven } from './check.ts';

/** What a rule is tried with. */
export interface RuleExamples<E> {
  /** Some entries, each another; candidates are called i0 to i5. */
  readonly entries: readonly E[];
  /** The fields of one item, drawn with `random`, which gives numbers from 0 to 1. */
  fields(random: () => number): Fields;
  /** What the entry means: whether a whole slate keeps it. Write it from the words, not from `demands`. */
  keeps(entry: E, slate: readonly Candidate[], candidates: readonly Candidate[]): boolean;
}

const SUITE = 'ruleConformance';

const isFieldValue = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(isFieldValue) : ['string', 'number', 'boolean'].includes(typeof value);

/** The same examples, their functions judged whenever they are asked. Throws `InputError` for examples that nothing can be tried with. */
export function judgedExamples<E>(given: RuleExamples<E>, { name }: { readonly name: string }): RuleExamples<E> {
  checkGiven(given, SUITE, ['entries', 'fields', 'keeps']);
  const { entries, fields, keeps } = given;
  if (!Array.isArray(entries) || entries.length === 0)
    throw wrongGiven(SUITE, 'at least one entry in a list of entries', entries);
  for (const [part, call] of Object.entries({ fields, keeps }))
    if (typeof call !== 'function') throw wrongGiven(SUITE, `${part} as a function`, call);
  const own = { word: 'rule', name };
  return {
    entries,
    fields: guarded(fields, {
      ...{ ...own, part: 'fields of the examples' },
      expected: 'the fields of an item',
      fits: (answer) => isPlainRecord(answer) && Object.values(answer).every(isFieldValue),
    }),
    keeps: guarded(keeps, {
      ...{ ...own, part: 'keeps of the examples' },
      expected: 'true or false',
      fits: (answer) => typeof answer === 'boolean',
    }),
  };
}
