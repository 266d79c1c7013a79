import { areEpochMilliseconds, timeOf } from '../field-values/time-value.ts';
import type { FieldKindDefinition, NumberColumns } from './field-kind.ts';
import { holdsNumbers } from './holds-numbers.ts';
import { doubtOfNumbersInTexts } from './numbers-in-texts.ts';

/** A moment: a date (ISO 8601) or epoch milliseconds. */
export const timeKind: FieldKindDefinition<'time', number | string | Date, NumberColumns> = {
  kind: 'field kind',
  name: 'time',
  columns: { form: 'number', read: timeOf, values: 'dates or epoch milliseconds', hasAge: true },
  claims: (field) =>
    (field.dates > 0 && field.dates + field.blanks === field.count) ||
    (holdsNumbers(field) && field.booleans === 0 && areEpochMilliseconds(field)),
  doubt: doubtOfNumbersInTexts,
  lacks: ({ numbers, numericTexts, dates }) =>
    numbers + numericTexts + dates === 0 ? { wanted: 'a date or epoch milliseconds', found: 0 } : undefined,
  lost: ({ count, numbers, numericTexts, dates }) => count - numbers - numericTexts - dates,
};
