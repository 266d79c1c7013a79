import type { Confusion } from './confusion.ts';

/** Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN); NaN when there is neither a click nor a predicted one. */
export function f1({ truePositives, falsePositives, falseNegatives }: Confusion): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}
