/** The form of a memory's snapshot: of every part alone, and of numbers that are counts. Whether the parts agree is asked by `check-snapshot.ts`. */
import { z } from 'zod';
import { valueThat } from '../slate/check-options.ts';
import { isFieldValue } from '../slate/fields.ts';
import type { LongPart } from './snapshot.ts';

const whole = z.int().min(0);
/** A sum of rates, or a faded count. */
const amount = z.number().min(0);
const finite = z.number();
const fields = z.record(
  z.string(),
  z.custom((value) => isFieldValue(value), { error: 'expected a value of a field' }),
);
const isWhole = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;

/** Of what there is a lot: one question to a whole list is ten times as fast as a schema for each of its numbers. */
const listOf = (what: string, isSound: (value: unknown) => boolean): z.ZodType =>
  valueThat(`a list of ${what}`, (list) => Array.isArray(list) && list.every(isSound));
const indices = listOf('whole numbers from 0', isWhole);
const flags = listOf('zeros and ones', (value) => value === 0 || value === 1);
const numbers = listOf('finite numbers', Number.isFinite);
/** Rows of as many numbers each, the first `counts` of them counts. */
const rowsOf = (width: number, counts: number): z.ZodType =>
  listOf(
    `lists of ${width} numbers, the first ${counts} whole and from 0`,
    (row) =>
      Array.isArray(row) &&
      row.length === width &&
      row.every((value, n) => (n < counts ? isWhole : Number.isFinite)(value)),
  );

const counters = z.object({
  events: whole,
  lists: whole,
  clicks: whole,
  late: whole,
  held: whole,
  again: whole,
  evictedItems: whole,
  evictedUsers: whole,
  rejected: z.record(z.string(), whole),
});

const itemState = z.object({
  exposures: whole,
  clicks: whole,
  expected: amount,
  recentExposures: amount,
  recentClicks: amount,
  decayedAt: finite,
  clickers: listOf('ids', (id) => typeof id === 'string'),
});

const user = z.object({
  counts: z.tuple([whole, whole, whole, amount, finite, whole]),
  tastes: rowsOf(5, 2),
  leanings: numbers,
  seen: rowsOf(4, 4),
  clicked: indices,
  skipped: indices,
});

const closed = z.object({ id: z.string(), print: finite, time: finite, shownAt: finite });

const open = closed.extend({
  sequence: whole,
  user: z.string(),
  items: indices,
  positions: indices,
  expected3K: numbers,
  clickedK: flags,
  clickedAtOnceK: flags,
});

/** Of rows: some of them are asked as all are. */
export const longParts: Readonly<Record<LongPart, z.ZodType>> = {
  items: z.array(z.tuple([whole, z.string().min(1), fields])),
  userFields: z.array(z.tuple([z.string(), fields])),
  itemStates: z.array(z.tuple([whole, itemState])),
  users: z.array(z.tuple([z.string(), user])),
  open: z.array(open),
  closed: z.array(closed),
};

export const snapshotSchema: z.ZodType = z.object({
  clock: amount.nullable(),
  sequence: whole,
  counters,
  exposures: whole,
  clicks: whole,
  positionExposures: indices,
  positionClicks: indices,
  next: whole,
  ...longParts,
  pendingLists: indices,
  pendingClicks: rowsOf(3, 2),
  lastMet: z.object({ items: rowsOf(2, 1), users: z.array(z.tuple([z.string(), finite])) }),
});
