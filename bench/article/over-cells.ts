/** What all cells say together. */

import { tQuantile } from '../../src/measure/student-t.ts';
import type { CellRow, MeasuredCell } from './cell-row.ts';
import { type Difference, figures, leastDetectable, rowOf, secondTasks, titles, verdictOf } from './differences.ts';
import { signed } from './map-picture.ts';
import { table } from './markdown-table.ts';
import { WEIGHTS } from './recipes.ts';

type Cells = readonly MeasuredCell[];

/** Over all cells: better and worse beyond chance, how many could have seen what the article tells, and how many exclude it. */
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
      'cells that exclude it',
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
        const below = article === undefined ? [] : all.filter(({ high }) => high < article);
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
            ? ['', '', '', '']
            : [signed(article), String(able.length), String(count('better', able)), String(below.length)]),
        ];
      }),
    ),
  );

/** What is read off the curves: beyond chance even with an interval as wide as all cells and tasks together need (Bonferroni), Student's over the seeds. */
export const together = (cells: Cells): string =>
  table(
    ['figure', 'task', 'better', 'worse'],
    figures
      .filter(({ isOfCurves }) => isOfCurves)
      .flatMap((figure) =>
        secondTasks.map((task) => {
          const verdicts = cells.flatMap((cell) => {
            const row = rowOf(cell, task, WEIGHTS[task]);
            const one = row && figure.of(row);
            return one ? [verdictOf(widened(one, cell.seeds, secondTasks.length * cells.length), figure)] : [];
          });
          const count = (wanted: string): string => String(verdicts.filter((verdict) => verdict === wanted).length);
          return [figure.head, titles[task], count('better'), count('worse')];
        }),
      ),
  );

function widened({ points, low, high }: Difference, seeds: number, differences: number): Difference {
  const wider = tQuantile(1 - 0.05 / differences, seeds - 1) / tQuantile(0.95, seeds - 1);
  const half = (wider * (high - low)) / 2;
  return { points, low: points - half, high: points + half };
}

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
    const alone = figuresOf(cell.rows[0]);
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
