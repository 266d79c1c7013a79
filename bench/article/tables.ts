/** The tables of docs/article.md. */

import type { CellRow, MeasuredCell } from './cell-row.ts';
import {
  type Difference,
  type Figure,
  figures,
  leastDetectable,
  rowOf,
  type SecondTask,
  secondTasks,
  titles,
  verdictOf,
} from './differences.ts';
import { signed } from './map-picture.ts';
import { labelOf } from './map-rows.ts';
import { WEIGHTS } from './recipes.ts';

type Cells = readonly MeasuredCell[];

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Bold where it is beyond chance. */
function shown(difference: Difference | undefined, figure: Figure): string {
  if (!difference) return '';
  const { points, low, high } = difference;
  const told = `${signed(points)} [${signed(low)}, ${signed(high)}]`;
  return verdictOf(difference, figure) === 'open' ? told : `**${told}**`;
}

const figureOf = (id: string): Figure => {
  const figure = figures.find((each) => each.id === id);
  if (!figure) throw new Error(`tables: expected a figure of the map, found "${id}"`);
  return figure;
};
const baselineOf = ({ rows }: MeasuredCell): CellRow => rows[0];
const range = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
const numbers = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? Number.NaN);

/** What clicks alone do in each cell. */
export const clicksAlone = (cells: Cells): string =>
  table(
    [
      'cell',
      'training lists',
      'clicks',
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
      const { train } = cell.parts;
      return [
        ...[
          labelOf(cell),
          String(train.lists),
          String(train.clicks),
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

/** Over all cells: better and worse beyond chance, and how many could have seen what the article tells. */
export const counts = (cells: Cells): string =>
  table(
    [
      'figure',
      'task',
      'cells',
      'better',
      'worse',
      'mean over cells',
      'article',
      'cells that would see it',
      'of these better',
    ],
    figures.flatMap((figure) =>
      secondTasks.map((task) => {
        const all = cells.flatMap((cell) => {
          const row = rowOf(cell, task, WEIGHTS[task]);
          return (row && figure.of(row)) ?? [];
        });
        const count = (verdict: string, of = all): number =>
          of.filter((one) => verdictOf(one, figure) === verdict).length;
        const article = figure.article?.[task];
        const able = article === undefined ? [] : all.filter((one) => leastDetectable(one) <= article);
        const mean = all.reduce((sum, { points }) => sum + points, 0) / all.length;
        return [
          ...[
            figure.head,
            titles[task],
            String(all.length),
            String(count('better')),
            String(count('worse')),
            signed(mean),
          ],
          ...(article === undefined
            ? ['', '', '']
            : [signed(article), String(able.length), String(count('better', able))]),
        ];
      }),
    ),
  );

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

/** ROC AUC on validation of the best epoch's weights, and of the last one's. */
export const lastEpochs = (cells: Cells): string =>
  table(
    ['cell', 'clicks alone, best epoch', 'clicks alone, last', ...secondTasks.map((task) => `${titles[task]}, last`)],
    cells.map((cell) => {
      const { curves } = baselineOf(cell);
      const others = secondTasks.map((task) => rowOf(cell, task, WEIGHTS[task])?.curves.rocAucAtLast);
      const told = [curves.rocAucAtLeast, curves.rocAucAtLast, ...others];
      return [labelOf(cell), ...told.map((each) => (each ? (each.mean / 100).toFixed(4) : ''))];
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

export interface RecallShares {
  readonly pairs: number;
  readonly called: number;
  readonly breakEven: number;
}

/**
 * How much of a change of recall, seed by seed, is another number of items called clicked (its logarithm), and how much a better order (recall at break-even): squared correlations of the differences to clicks
 * alone.
 */
export function recallShares(cells: Cells): RecallShares {
  const figuresOf = ({ test }: CellRow): { recall: number; breakEven: number; called: number }[] =>
    test.recall.perSeed.map((recall, n) => ({
      recall: recall ?? Number.NaN,
      breakEven: test.recallAtBreakEven.perSeed[n] ?? Number.NaN,
      called: Math.log((recall ?? Number.NaN) / (test.precision.perSeed[n] ?? Number.NaN)),
    }));
  const pairs = cells.flatMap((cell) => {
    const alone = figuresOf(baselineOf(cell));
    return secondTasks.flatMap((task) => {
      const row = rowOf(cell, task, WEIGHTS[task]);
      if (!row) return [];
      return figuresOf(row).map((one, n) => ({
        recall: one.recall - alone[n].recall,
        breakEven: one.breakEven - alone[n].breakEven,
        called: one.called - alone[n].called,
      }));
    });
  });
  const known = pairs.filter(({ recall, called }) => Number.isFinite(recall) && Number.isFinite(called));
  const squared = (key: 'called' | 'breakEven'): number => correlation(known.map((one) => [one.recall, one[key]])) ** 2;
  return { pairs: known.length, called: squared('called'), breakEven: squared('breakEven') };
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  const [a, b] = [mean(0), mean(1)];
  const product = (f: (pair: readonly [number, number]) => number): number =>
    pairs.reduce((sum, pair) => sum + f(pair), 0);
  const both = product(([x, y]) => (x - a) * (y - b));
  return both / Math.sqrt(product(([x]) => (x - a) ** 2) * product(([, y]) => (y - b) ** 2));
}
