import type { Confusion } from './confusion.ts';

/** Share of the predicted clicks that were clicks; 0 when none is predicted. */
export function precision({ truePositives, falsePositives }: Confusion): number {
  const predicted = truePositives + falsePositives;
  return predicted === 0 ? 0 : truePositives / predicted;
}
