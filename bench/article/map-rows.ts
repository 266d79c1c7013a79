/** The rows of the map: a cell each, and of a cell that varies the weights of the losses each pair of weights. */
import type { MeasuredCell } from './cell-row.ts';
import { type SecondTask, secondTasks } from './differences.ts';
import { WEIGHTS } from './recipes.ts';

export interface MapRow {
  readonly label: string;
  readonly cell: MeasuredCell;
  readonly weights: Readonly<Record<SecondTask, number>>;
}

/** Short enough for a row. */
export function labelOf({ factor, value, log }: MeasuredCell): string {
  const where = log.kind === 'ranklens' && factor !== 'RankLens' ? 'RankLens, ' : '';
  return `${factor}: ${where}${value.replaceAll(' of the ', ' ')}`;
}

/** Whether the two second tasks at their usual weights are not those of another cell again. */
export const hasOwnLog = ({ factor }: MeasuredCell): boolean =>
  factor !== 'loss weights' && factor !== 'graph attention';

/** Graph attention has no row. */
export function mapRows(cells: readonly MeasuredCell[]): readonly MapRow[] {
  return cells.flatMap((cell): MapRow[] => {
    if (hasOwnLog(cell)) return [{ label: labelOf(cell), cell, weights: WEIGHTS }];
    const [triplets, listNets] = secondTasks.map((task) => otherWeights(cell, task));
    return triplets.map((triplet, at) => {
      const listnet = listNets[at];
      return { label: `weights ${triplet} and ${listnet}: ${cell.value}`, cell, weights: { triplet, listnet } };
    });
  });
}

function otherWeights({ rows }: MeasuredCell, task: SecondTask): readonly number[] {
  const weights = rows.flatMap(({ recipe }) => (recipe.startsWith(`${task}-`) ? [Number(recipe.split('-')[1])] : []));
  return weights.filter((weight) => weight !== WEIGHTS[task]).sort((a, b) => a - b);
}
