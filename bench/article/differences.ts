/** What the map shows of a cell: each second task less clicks alone, figure by figure. */
import type { CellRow, MeasuredCell } from './cell-row.ts';
import type { CurveFigure } from './curves.ts';
import type { MetricName } from './metrics.ts';

export interface Difference {
  /** In points: hundredths, of a nat where it is a loss. */
  readonly points: number;
  readonly low: number;
  readonly high: number;
}

export interface Figure {
  readonly id: string;
  readonly head: string;
  readonly isLowerBetter: boolean;
  /** Read off the curves, by seeds alone; else of the test part, by seeds and users. */
  readonly isOfCurves: boolean;
  /** What the article reports, where it does, in points. */
  readonly article?: Readonly<Partial<Record<SecondTask, number>>>;
  of(row: CellRow): Difference | undefined;
}

export const secondTasks = ['triplet', 'listnet'] as const;
export type SecondTask = (typeof secondTasks)[number];
export const titles: Readonly<Record<SecondTask, string>> = { triplet: 'Triplet', listnet: 'ListNet' };

const curve = (id: CurveFigure, head: string, article: Figure['article'] = {}): Figure => ({
  ...{ id, head, article, isLowerBetter: !id.startsWith('rocAuc'), isOfCurves: true },
  of: ({ curves }) => {
    const { mean: points, low, high } = curves[id].difference;
    return { points, low, high };
  },
});
const test = (id: MetricName, head: string, article: Figure['article'] = {}): Figure => ({
  ...{ id, head, isLowerBetter: id === 'logLoss', article, isOfCurves: false },
  of: (row) => row.test[id].toBaseline ?? undefined,
});

/** In the order of the map's columns. */
export const figures: readonly Figure[] = [
  curve('rise', 'rise'),
  curve('least', 'best validation'),
  curve('rocAucAtLast', 'AUC, last epoch', { triplet: 0.6, listnet: 1 }),
  test('rocAuc', 'ROC AUC', { triplet: 0.6, listnet: 1 }),
  test('prAuc', 'PR AUC', { listnet: 1 }),
  test('f1', 'F1', { triplet: 1.5, listnet: 2 }),
  test('recall', 'recall', { triplet: 9.7, listnet: 8 }),
  test('recallAtBreakEven', 'recall, break-even'),
  test('logLoss', 'log loss'),
];

/** The row of a second task at the weight that all cells have. */
export const rowOf = ({ rows }: MeasuredCell, task: SecondTask, weight: number): CellRow | undefined =>
  rows.find(({ recipe }) => recipe.split('-').slice(0, 2).join('-') === `${task}-${weight}`);

export const excludesZero = ({ low, high }: Difference): boolean => low > 0 || high < 0;

/** Better or worse beyond chance; neither where the interval has 0 in it. */
export function verdictOf(difference: Difference, { isLowerBetter }: Figure): 'better' | 'worse' | 'open' {
  if (!excludesZero(difference)) return 'open';
  return difference.points > 0 === isLowerBetter ? 'worse' : 'better';
}

/**
 * The least effect that would be seen four times in five. With many seeds and users the half of a 95 % interval is 1.96 standard errors, and 0.84 more are needed; with few both grow alike, so
 * half the interval times 2.80 / 1.96 is a little too large.
 */
export const leastDetectable = ({ low, high }: Difference): number => (1.43 * (high - low)) / 2;
