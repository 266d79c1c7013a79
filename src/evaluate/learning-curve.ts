/** The loss of one part of the data after one epoch: the weighted total, and each term by itself, unweighted. */
export interface CurveLosses {
  readonly total: number;
  readonly terms: Readonly<Record<string, number>>;
}

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

/** One loss of a run over its epochs: a term by name, or the total. */
export function curveSeries(curve: LearningCurve, term: string): CurveSeries {
  const lossOf = (losses: CurveLosses): number =>
    term === 'total' ? losses.total : (losses.terms[term] ?? Number.NaN);
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

/** The first term that every curve has, such as the click loss: the only loss that can be compared across recipes. */
export function sharedTerm(curves: readonly LearningCurve[]): string | undefined {
  const [first, ...others] = curves;
  if (first === undefined) return undefined;
  return termsOf(first).find((term) => others.every((curve) => termsOf(curve).includes(term)));
}

/** Recipe names in the order of their first curve. */
export function recipesOf(curves: readonly LearningCurve[]): string[] {
  return [...new Set(curves.map(({ recipe }) => recipe))];
}
