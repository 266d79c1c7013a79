import type { FieldValue } from '../../slate/fields.ts';
import { isoTime } from '../../slate/iso-time.ts';
import { numberOfText } from './text-number.ts';

const YEAR_2000 = 946_684_800_000;
const YEAR_2100 = 4_102_444_800_000;
/** Milliseconds. */
export const DAY = 86_400_000;

/** Whether a string is a date (ISO 8601), with or without a time of day. */
export const isDate = (text: string): boolean => isoTime(text) !== undefined;

/** Numbers of this range are taken for epoch milliseconds of this century: hardly anything else is counted in trillions. */
export const areEpochMilliseconds = ({ min, max }: { readonly min: number; readonly max: number }): boolean =>
  min >= YEAR_2000 && max < YEAR_2100;

/** Epoch milliseconds of a date (without a zone: in UTC) or a number of milliseconds, as text too; undefined for anything else. */
export function timeOf(value: FieldValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (isoTime(value) ?? numberOfText(value)) : undefined;
}

/** Days from `then` to `now` on a logarithmic scale, negative for a time yet to come; 0 where there is no time. */
export function age(then: number | undefined, now: number): number {
  if (then === undefined) return 0;
  const days = (now - then) / DAY;
  return Math.sign(days) * Math.log1p(Math.abs(days));
}
