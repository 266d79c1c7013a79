/** Where a retraining is killed, in the order in which it comes by. */
export const SPOTS = [
  'import',
  'after the import',
  'check',
  'train',
  'train the second',
  'judge',
  'before the activation',
  'after the activation',
  'tidy',
] as const;

export type Spot = (typeof SPOTS)[number];
