/** Losses of one part, nothing dropped: the sum that is minimised, each of its terms unweighted, and the one that every recipe has. */
export interface PartLoss {
  readonly total: number;
  readonly terms: Readonly<Record<string, number>>;
  /** Log loss of clicks, in nats, mean over shown items, whatever the recipe minimises. */
  readonly logLoss: number;
}

/** One point of a learning curve. Train and validation are measured in the same mode, with the same weights. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  readonly train: PartLoss;
  readonly validation: PartLoss;
  /** On validation: three of every training, and the one that chooses the epoch. NaN where one is undefined. */
  readonly metrics: Readonly<Record<'logLoss' | 'rocAuc' | 'ndcgAt10', number>> & Readonly<Record<string, number>>;
  /**
   * Root mean square over the training sample's unclicked items of the loss's gradient at the last layer's numbers, times the number of items: what a negative
   * still teaches by way of its logit (Lin et al., KDD 2024, section 3). Only recipes with the same head compare.
   */
  readonly gradientOnNegatives: number;
}
