import type { CurveRow } from './curves.ts';
import type { TestedCell, TestedRow } from './measure-cell.ts';

/** One recipe of a cell: what its curves say, and what the test part says. */
export type CellRow = TestedRow & CurveRow;

export interface MeasuredCell extends TestedCell {
  readonly rows: readonly CellRow[];
}
