/** What the functions of a rule must answer. */
import type { Answer } from '../../slate/own-function.ts';
import { isPlainRecord } from '../../slate/plain-record.ts';

const isWords = (answer: unknown): boolean => typeof answer === 'string' && answer.trim() !== '';

const isNamed = (named: unknown): boolean =>
  isPlainRecord(named) &&
  Object.keys(named).every((key) => key === 'field' || key === 'value') &&
  typeof named.field === 'string' &&
  ['undefined', 'string', 'number', 'boolean'].includes(typeof named.value);

type RulePart = 'sentence' | 'together' | 'names' | 'demands' | 'refusal' | 'relevant' | 'idle';

/** Single demands are judged with the request that they are of: `demandsOfRules`. */
export const ruleAnswers: Readonly<Record<RulePart, Answer>> = {
  sentence: { expected: 'the demand in words', fits: isWords },
  together: { expected: 'all demands in words', fits: isWords },
  names: {
    expected: 'a list of { field } or { field, value }, empty where it names none',
    fits: (answer) => Array.isArray(answer) && answer.every(isNamed),
  },
  demands: { expected: 'a list of demands', fits: Array.isArray },
  refusal: { expected: 'a sentence, or undefined', fits: (answer) => answer === undefined || isWords(answer) },
  relevant: { expected: 'a list of entries', fits: Array.isArray },
  idle: { expected: 'true or false', fits: (answer) => typeof answer === 'boolean' },
};
