/** The loss of one part of the data after one epoch: the weighted total, each term by itself, unweighted, and the log loss of clicks, which every recipe has. */
export interface CurveLosses {
  readonly total: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly logLoss: number;
}

/** The loss that compares across recipes, whatever they minimise; in print it is "log loss". */
export const CLICK_LOSS = 'log';

export interface CurveEpoch {
  /** 1-based; 0 is the untrained model. */
  readonly epoch: number;
  /** Both measured on equal terms, without dropout, so that their difference is overfitting and nothing else. */
  readonly train: CurveLosses;
  readonly validation: CurveLosses;
  /** The validation metric that chooses the epoch. */
  readonly metric: number;
}

/** How one training run went. Plain JSON. */
export interface LearningCurve {
  readonly recipe: string;
  readonly seed: number;
  readonly epochs: readonly CurveEpoch[];
  /** The epoch whose weights were kept. */
  readonly keptEpoch: number;
}

export interface CurveSeries {
  readonly epochs: readonly number[];
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

/** One loss of a run over its epochs: a term by name, `total`, or `CLICK_LOSS`. */
export function curveSeries(curve: LearningCurve, term: string): CurveSeries {
  const lossOf = (losses: CurveLosses): number =>
    term === CLICK_LOSS ? losses.logLoss : term === 'total' ? losses.total : (losses.terms[term] ?? Number.NaN);
  return {
    epochs: curve.epochs.map(({ epoch }) => epoch),
    train: curve.epochs.map(({ train }) => lossOf(train)),
    validation: curve.epochs.map(({ validation }) => lossOf(validation)),
  };
}

/** Names of a curve's terms, in the order of the recipe. */
export function termsOf(curve: LearningCurve): string[] {
  return Object.keys(curve.epochs[0]?.train.terms ?? {});
}

/** Recipe names in the order of their first curve. */
export function recipesOf(curves: readonly LearningCurve[]): string[] {
  return [...new Set(curves.map(({ recipe }) => recipe))];
}
