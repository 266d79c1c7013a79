import type { FieldStatistics } from '../field-values/field-statistics.ts';
import { areTextsNumbers, MOSTLY } from './numbers-in-texts.ts';

/**
 * Whether a field holds booleans or numbers that differ, also written as text. One "NaN" must not cost a column: it does so beside a few values of another type, which
 * count as missing.
 */
export function holdsNumbers(field: FieldStatistics): boolean {
  const { count, numbers, booleans, strings, stringLists, numericTexts, blanks, min, max } = field;
  if (numbers + booleans === count) return numbers === 0 || min !== max;
  if (strings + stringLists === count && (stringLists > 0 || !areTextsNumbers(field))) return false;
  const like = numbers + numericTexts;
  return like > 0 && min !== max && like + booleans >= MOSTLY * (count - blanks);
}
