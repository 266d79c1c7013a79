/** The rows of the map and of the tables: cells in groups, those with many clicks first. */
import type { MeasuredCell } from './cell-row.ts';
import type { SecondTask } from './differences.ts';
import { WEIGHTS } from './recipes.ts';

export interface MapRow {
  readonly label: string;
  readonly cell: MeasuredCell;
  readonly weight: number;
}

export interface MapGroup {
  readonly title: string;
  readonly rows: readonly MapRow[];
}

/** Short enough for a row. */
export function labelOf({ factor, value, log }: MeasuredCell): string {
  const where = log.kind === 'ranklens' && factor !== 'RankLens' ? 'RankLens, ' : '';
  return `${factor}: ${where}${value.replaceAll(' of the ', ' ')}`;
}

/** Whether the two second tasks at their usual weights are not those of another cell again. */
export const hasOwnLog = ({ factor }: MeasuredCell): boolean =>
  factor !== 'loss weights' && factor !== 'graph attention';

/** The sweep has cells with about 20 % of the items clicked, and cells with 5 % and less. */
export const areClicksRare = ({ parts: { train } }: MeasuredCell): boolean => train.clicks < 0.1 * train.items;

/** Many clicks, rare clicks, then cells of which the last epoch is judged; else in the order of the plan. */
export const inGroups = (cells: readonly MeasuredCell[]): readonly MeasuredCell[] => {
  const place = (cell: MeasuredCell): number => (cell.keeps === 'last' ? 2 : Number(areClicksRare(cell)));
  return cells.toSorted((a, b) => place(a) - place(b));
};

/** Of one second task. Graph attention has no row. */
export function mapGroups(cells: readonly MeasuredCell[], task: SecondTask): readonly MapGroup[] {
  const own = cells.filter(hasOwnLog);
  const best = own.filter(({ keeps }) => keeps === undefined);
  const rowOfOwn = (cell: MeasuredCell): MapRow => ({ label: labelOf(cell), cell, weight: WEIGHTS[task] });
  const otherRows = cells.flatMap((cell) => {
    if (hasOwnLog(cell)) return [];
    return otherWeights(cell, task).map((weight) => ({ label: `weight ${weight}: ${cell.value}`, cell, weight }));
  });
  const groups: readonly MapGroup[] = [
    { title: 'About 20 % of the items clicked', rows: best.filter((cell) => !areClicksRare(cell)).map(rowOfOwn) },
    { title: '5 % and less clicked', rows: best.filter(areClicksRare).map(rowOfOwn) },
    { title: 'The last epoch judged', rows: own.filter(({ keeps }) => keeps === 'last').map(rowOfOwn) },
    { title: `Weights other than ${WEIGHTS[task]}`, rows: otherRows },
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}

function otherWeights({ rows }: MeasuredCell, task: SecondTask): readonly number[] {
  const weights = rows.flatMap(({ recipe }) => (recipe.startsWith(`${task}-`) ? [Number(recipe.split('-')[1])] : []));
  return weights.filter((weight) => weight !== WEIGHTS[task]).sort((a, b) => a - b);
}
