import type { Confusion } from './confusion.ts';

/**
 * Share of the clicks that were predicted, the classifier's recall at a threshold (the ranking metric is `recallAt`);
 * NaN when there is no click.
 */
export function recall({ truePositives, falseNegatives }: Confusion): number {
  return truePositives / (truePositives + falseNegatives);
}
