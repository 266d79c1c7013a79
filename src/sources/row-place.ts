/** Where a row stands: of a table of several files each has rows from 1 on. */
export interface RowPlace {
  readonly file: string;
  readonly row: number;
}
