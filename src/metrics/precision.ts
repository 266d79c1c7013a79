import type { Confusion } from './confusion.ts';

/** Share of the predicted clicks that were clicks; NaN when none is predicted. */
export function precision({ truePositives, falsePositives }: Confusion): number {
  return truePositives / (truePositives + falsePositives);
}
