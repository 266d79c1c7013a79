import type { FieldStatistics } from '../field-values/field-statistics.ts';

/** Whether a field holds lists of numbers and nothing else. */
export const areNumberLists = ({ count, numberLists, emptyLists }: FieldStatistics): boolean =>
  numberLists > 0 && numberLists + emptyLists === count;

/** They in words, with their lengths: `lists of whole numbers, 1 to 3 each`. */
export function numberListsOf({ shortest, longest, fractions }: FieldStatistics): string {
  const lengths = shortest === longest ? `${longest}` : `${shortest} to ${longest}`;
  return `lists of ${fractions === 0 ? 'whole ' : ''}numbers, ${lengths} each`;
}
