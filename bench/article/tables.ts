/** The tables of docs/article.md that have a row a cell. */

import type { CellRow, MeasuredCell } from './cell-row.ts';
import { leastDetectable, rowOf, type SecondTask, secondTasks, titles } from './differences.ts';
import { labelOf } from './map-rows.ts';
import { figureOf, shown, table } from './markdown-table.ts';
import { overSeeds } from './over-seeds.ts';
import { WEIGHTS } from './recipes.ts';

type Cells = readonly MeasuredCell[];

const baselineOf = ({ rows }: MeasuredCell): CellRow => rows[0];
const range = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
const numbers = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? Number.NaN);

/** What clicks alone do in each cell. */
export const clicksAlone = (cells: Cells): string =>
  table(
    [
      'cell',
      'training lists',
      'clicks: training, validation, test',
      'rate',
      'best epoch',
      'train there',
      'best validation',
      'rise',
      'ROC AUC',
      'recall',
      'its swing',
    ],
    cells.map((cell) => {
      const { curves, test } = baselineOf(cell);
      const { train, validation, test: tested } = cell.parts;
      return [
        ...[
          labelOf(cell),
          String(train.lists),
          [train, validation, tested].map(({ clicks }) => clicks).join(', '),
          `${((100 * train.clicks) / train.items).toFixed(1)} %`,
        ],
        `${curves.leastEpoch.mean.toFixed(1)} of ${cell.length.epochs}`,
        ...[curves.trainAtLeast, curves.least, curves.rise].map(({ mean }) => (mean / 100).toFixed(4)),
        (test.rocAuc.mean ?? Number.NaN).toFixed(4),
        (100 * (test.recall.mean ?? Number.NaN)).toFixed(1),
        (100 * range(numbers(test.recall.perSeed))).toFixed(1),
      ];
    }),
  );

/** Differences of one second task. */
export const differences = (cells: Cells, task: SecondTask, ids: readonly string[]): string =>
  table(
    ['cell', ...ids.map((id) => figureOf(id).head)],
    cells.flatMap((cell) => {
      const row = rowOf(cell, task, WEIGHTS[task]);
      return row ? [[labelOf(cell), ...ids.map((id) => shown(figureOf(id).of(row), figureOf(id)))]] : [];
    }),
  );

/** How small an effect each cell would have seen. */
export const power = (cells: Cells): string => {
  const ids = ['rise', 'least', 'rocAucAtLast', 'rocAuc', 'prAuc', 'f1', 'recall', 'recallAtBreakEven'];
  return table(
    ['cell', ...ids.map((id) => figureOf(id).head)],
    cells.map((cell) => [
      labelOf(cell),
      ...ids.map((id) => {
        const least = secondTasks.map((task) => {
          const row = rowOf(cell, task, WEIGHTS[task]);
          const difference = row && figureOf(id).of(row);
          return difference ? leastDetectable(difference).toFixed(2) : '-';
        });
        return least.join(', ');
      }),
    ]),
  );
};

/** Training loss, validation loss and the gradient on unclicked items: which explanation fits. */
export const explanations = (cells: Cells): string =>
  table(
    [
      'cell',
      'task',
      'training loss, last epoch',
      'gap, last epoch',
      'gradient, clicks alone: first, last',
      'with the task',
    ],
    cells.flatMap((cell) =>
      secondTasks.flatMap((task) => {
        const row = rowOf(cell, task, WEIGHTS[task]);
        if (!row) return [];
        const gradient = ({ gradientE }: CellRow): string =>
          [gradientE[0], gradientE[gradientE.length - 1]].map((value) => value.toFixed(3)).join(', ');
        const difference = (id: 'trainAtLast' | 'gapAtLast'): string => {
          const { mean: points, low, high } = row.curves[id].difference;
          return shown({ points, low, high }, figureOf('least'));
        };
        return [
          [
            ...[labelOf(cell), titles[task], difference('trainAtLast'), difference('gapAtLast')],
            ...[gradient(baselineOf(cell)), gradient(row)],
          ],
        ];
      }),
    ),
  );

/** ROC AUC on validation of the best epoch's weights, and of the last one's; and Triplet less the best epoch of clicks alone. */
export const lastEpochs = (cells: Cells): string =>
  table(
    [
      ...['cell', 'clicks alone, best epoch', 'clicks alone, last'],
      ...secondTasks.map((task) => `${titles[task]}, last`),
      ...['Triplet, last, to clicks, best', 'Triplet, best, to clicks, best'],
    ],
    cells.map((cell) => {
      const { curves } = baselineOf(cell);
      const others = secondTasks.map((task) => rowOf(cell, task, WEIGHTS[task])?.curves.rocAucAtLast);
      const told = [curves.rocAucAtLeast, curves.rocAucAtLast, ...others];
      const triplet = rowOf(cell, 'triplet', WEIGHTS.triplet)?.curves;
      const toBest = [triplet?.rocAucAtLast, triplet?.rocAucAtLeast].map((each) => {
        if (!each) return '';
        const { mean: points, low, high } = overSeeds(each.perSeed, curves.rocAucAtLeast.perSeed).difference;
        return shown({ points, low, high }, figureOf('rocAucAtLast'));
      });
      return [labelOf(cell), ...told.map((each) => (each ? (each.mean / 100).toFixed(4) : '')), ...toBest];
    }),
  );

/** Rows of a cell that other cells have not: other weights, graph attention, clicks alone without regularisation. */
export const otherRows = (cells: Cells): string => {
  const ids = ['rise', 'least', 'rocAuc', 'recall'];
  return table(
    ['cell', 'recipe', ...ids.map((id) => figureOf(id).head)],
    cells.flatMap((cell) => {
      const common = [baselineOf(cell), ...secondTasks.map((task) => rowOf(cell, task, WEIGHTS[task]))];
      return cell.rows
        .filter((row) => !common.includes(row))
        .map((row) => [labelOf(cell), row.recipe, ...ids.map((id) => shown(figureOf(id).of(row), figureOf(id)))]);
    }),
  );
};

/** Graph attention less self-attention, with the same losses. */
export const graphRows = (cells: Cells): string => {
  const ids = ['rocAuc', 'prAuc', 'recall', 'logLoss'] as const;
  return table(
    ['cell', 'recipe', ...ids.map((id) => figureOf(id).head)],
    cells.flatMap((cell) =>
      cell.rows.flatMap(({ recipe, toAttention }) => {
        if (!toAttention) return [];
        const told = ids.map((id) => shown(toAttention[id].toBaseline ?? undefined, figureOf(id)));
        return [[labelOf(cell), recipe, ...told]];
      }),
    ),
  );
};
