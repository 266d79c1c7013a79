/** Losses of one part, nothing dropped: the sum that is minimised, and each of its terms unweighted. */
export interface PartLoss {
  readonly total: number;
  readonly terms: Readonly<Record<string, number>>;
}

/** One point of a learning curve. Train and validation are measured in the same mode, with the same weights. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  readonly train: PartLoss;
  readonly validation: PartLoss;
  /** On validation. */
  readonly metrics: { readonly logLoss: number; readonly rocAuc: number; readonly ndcgAt10: number };
}
