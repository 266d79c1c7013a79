import type { AskedAs } from '../../scoring/on-asked.ts';
import type { RankingEvent } from '../../slate/events.ts';
import type { ColumnPrints } from './column-prints.ts';

/** A list that was asked for, and what the scorer read. */
export interface KeptList {
  /** The same for models that encode alike from memories that began alike. */
  readonly key: string;
  /** Of the last entry of the journal that was known. */
  readonly sequence: number;
  readonly as: AskedAs;
  readonly request: RankingEvent;
  readonly columns: ColumnPrints;
}

/** Names of the files of asked lists, oldest first. */
export const askedFiles = (names: readonly string[]): readonly string[] =>
  names.filter((name) => /^\d{16}\.asked$/.test(name)).sort();

export const askedFile = (number: number): string => `${String(number).padStart(16, '0')}.asked`;
