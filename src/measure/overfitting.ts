import { CLICK_LOSS, curveSeries, type LearningCurve, recipesOf } from './learning-curve.ts';

/** How far a recipe overfits, on one loss; means over its seeds. */
export interface OverfittingRow {
  readonly recipe: string;
  /** Which loss; in print `<loss> loss`. */
  readonly loss: string;
  readonly runs: number;
  readonly keptEpoch: number;
  readonly lastEpoch: number;
  readonly trainAtKept: number;
  readonly validationAtKept: number;
  /** Validation minus train at the kept epoch. */
  readonly gapAtKept: number;
  readonly gapAtLast: number;
  /** Epoch of the lowest validation loss. */
  readonly lowestEpoch: number;
  readonly lowestValidation: number;
  /** Validation loss of the last epoch minus the lowest: how far it rose again. */
  readonly rise: number;
  /** Train loss at the epoch of the lowest validation loss minus that of the last: how far it went on falling meanwhile. */
  readonly fallMeanwhile: number;
}

/** One row a recipe on the log loss of clicks, whatever it minimises: what can be compared across recipes. */
export function overfittingRows(curves: readonly LearningCurve[]): OverfittingRow[] {
  const trained = curves.filter(({ epochs }) => epochs.length > 0);
  return recipesOf(trained).map((recipe) => {
    const runs = trained.filter((curve) => curve.recipe === recipe);
    return meanRow(
      runs.map((curve) => rowOf(curve, CLICK_LOSS)),
      { recipe, loss: CLICK_LOSS },
    );
  });
}

type RunRow = Omit<OverfittingRow, 'recipe' | 'loss' | 'runs'>;

function rowOf(curve: LearningCurve, loss: string): RunRow {
  const { epochs, train, validation } = curveSeries(curve, loss);
  const last = epochs.length - 1;
  const kept = Math.max(0, epochs.indexOf(curve.keptEpoch));
  const lowest = validation.reduce((best, value, index) => (value < validation[best] ? index : best), 0);
  return {
    keptEpoch: epochs[kept],
    lastEpoch: epochs[last],
    trainAtKept: train[kept],
    validationAtKept: validation[kept],
    gapAtKept: validation[kept] - train[kept],
    gapAtLast: validation[last] - train[last],
    lowestEpoch: epochs[lowest],
    lowestValidation: validation[lowest],
    rise: validation[last] - validation[lowest],
    fallMeanwhile: train[lowest] - train[last],
  };
}

function meanRow(rows: readonly RunRow[], names: { readonly recipe: string; readonly loss: string }): OverfittingRow {
  const mean = (key: keyof RunRow): number => rows.reduce((sum, row) => sum + row[key], 0) / rows.length;
  return {
    ...names,
    runs: rows.length,
    keptEpoch: mean('keptEpoch'),
    lastEpoch: mean('lastEpoch'),
    trainAtKept: mean('trainAtKept'),
    validationAtKept: mean('validationAtKept'),
    gapAtKept: mean('gapAtKept'),
    gapAtLast: mean('gapAtLast'),
    lowestEpoch: mean('lowestEpoch'),
    lowestValidation: mean('lowestValidation'),
    rise: mean('rise'),
    fallMeanwhile: mean('fallMeanwhile'),
  };
}
