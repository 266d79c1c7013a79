import type { ClickOptions } from '../choice-model.ts';
import { type WorldOptions, worldDefaults } from '../world.ts';
import type { ShiftName } from './shift-tastes.ts';

/** A market that people visit day by day. */
export interface VisitsOptions extends WorldOptions, ClickOptions {
  /** Of each day. */
  readonly visits: number;
  /** Items that a visit's list is made of, drawn from all that are on sale. */
  readonly candidates: number;
  /** From this day on, counted from 1, every user likes of a category what they liked of another before; never where it is left out. */
  readonly shiftDay?: number | undefined;
  /** How far they shift; `moved` where it is left out. */
  readonly shift?: ShiftName | undefined;
  /** Items that come on sale each day, from the second on; none where it is left out. */
  readonly newItems?: number | undefined;
}

/** A market of some size with 500 visits a day. */
export const visitsDefaults: VisitsOptions = { ...worldDefaults, visits: 500, candidates: 40 };
