/** Texts that write numbers: those are numbers to some kinds and names to others. */
import type { FieldStatistics } from '../field-values/field-statistics.ts';
import type { Doubt } from './field-kind.ts';
import { isNameOfId } from './name-of-id.ts';

/** A share of numbers from which a field is one of numbers, and what else it holds missing. */
export const MOSTLY = 0.95;

/** So many different whole numbers, written as text, may be categories. */
const FEW_VALUES = 50;

/** Whether texts are numbers rather than names of categories: mostly numbers, no codes, and either not whole or more than categories are. */
export function areTextsNumbers(field: FieldStatistics): boolean {
  const { count, blanks, numericTexts, codes, fractions, distinct, name } = field;
  if (numericTexts === 0 || numericTexts < MOSTLY * (count - blanks) || codes > 0) return false;
  return fractions > 0 || (distinct > FEW_VALUES && !isNameOfId(name));
}

/** The doubt of a kind that reads them as numbers. */
export function doubtOfNumbersInTexts(field: FieldStatistics): Doubt | undefined {
  const because = numbersInTexts(field);
  if (because === undefined) return undefined;
  const missing = field.blanks === 0 ? '' : ', which count as missing';
  return { because: `${because}${missing}`, otherwise: 'if they are names of something', kind: 'category' };
}

/** The doubt of a kind to which they are names or nothing. */
export function doubtOfNamesThatAreNumbers(field: FieldStatistics): Doubt | undefined {
  const because = numbersInTexts(field);
  return because === undefined
    ? undefined
    : { because, otherwise: 'if more or less of it means something', kind: 'numeric' };
}

function numbersInTexts({ count, strings, numericTexts, blanks }: FieldStatistics): string | undefined {
  if (strings < count || numericTexts === 0 || numericTexts + blanks < count) return undefined;
  const missing = blanks === 0 ? '' : `, and ${blanks} stand for none (NULL and the like)`;
  return `${numericTexts} of its ${count} values are numbers written as text${missing}`;
}
