import type { FieldStatistics } from '../field-values/field-statistics.ts';
import { TEXT_LENGTH } from './schema.ts';

/** Why a field that nobody gave a kind is `ignored`, in a few words for a table. */
export function ignoredReason(field: FieldStatistics): string {
  const { count, strings, numbers, booleans, numericTexts, numberLists, emptyLists, distinct, meanLength } = field;
  if (numbers + numericTexts + booleans === count && distinct <= 1) return 'has one value only';
  if (numberLists > 0 && numberLists + emptyLists === count) return 'lists of different lengths';
  if (strings < count) return 'a mixture of numbers and other values';
  return meanLength > TEXT_LENGTH ? 'long texts' : 'its texts hardly come again';
}
