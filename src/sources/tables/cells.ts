import { RejectedEvent, show } from '../../slate/rejected-event.ts';
import type { TableRow } from './table.ts';
import type { CellType } from './table-columns.ts';

/** Where a row stands, as sentences say it. */
export const whereIs = ({ line, place }: Pick<TableRow, 'line' | 'place'>): string =>
  place === undefined ? `on line ${line}` : `in row ${place.row} of ${place.file}`;

export const isMissing = (cell: unknown): boolean => cell === null || cell === undefined || cell === '';

const YES = /^([1-9]\d*|true|yes|y|t)$/i;
const NO = /^(0|false|no|n|f|)$/i;

/** Throws `RejectedEvent` for what says neither yes nor no. */
export function isYes(cell: unknown, row: TableRow): boolean {
  if (typeof cell === 'boolean') return cell;
  const text = String(cell ?? '');
  if (YES.test(text)) return true;
  if (NO.test(text)) return false;
  throw new RejectedEvent(
    'bad-value',
    `expected 0 or 1, or true or false, as the click, found ${JSON.stringify(text)} ${whereIs(row)}`,
  );
}

/** Throws `RejectedEvent` for what is no whole number from 0. */
export function wholeOf(cell: unknown, what: string, row: TableRow): number {
  const text = String(cell ?? '');
  if (/^\d+$/.test(text)) return Number(text);
  throw new RejectedEvent(
    'bad-value',
    `expected a whole number as the ${what}, found ${JSON.stringify(text)} ${whereIs(row)}`,
  );
}

/** A cell as the value of a field. Throws `RejectedEvent` where it is not of the type that the config gives its column. */
export function fieldValueOf(cell: unknown, column: string, type: CellType | undefined, row: TableRow): unknown {
  if (typeof cell === 'bigint') return Number(cell);
  if (type === undefined) return cell;
  if (type === 'text') return typeof cell === 'object' ? cell : String(cell);
  const value = typeof cell === 'string' ? READ[type](cell) : cell;
  if (IS[type](value)) return value;
  throw new RejectedEvent(
    'bad-value',
    `expected a ${type} in column ${column}, as the config says, found ${show(cell)} ${whereIs(row)}`,
  );
}

const READ: Readonly<Record<Exclude<CellType, 'text'>, (text: string) => unknown>> = {
  number: (text) => (text.trim() === '' ? undefined : Number(text)),
  boolean: (text) => (/^(true|t|yes|1)$/i.test(text) ? true : /^(false|f|no|0)$/i.test(text) ? false : undefined),
  list: (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  },
};
const IS: Readonly<Record<Exclude<CellType, 'text'>, (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
};
