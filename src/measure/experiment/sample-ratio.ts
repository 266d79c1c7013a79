/** Whether users came to the variants in the shares that were meant. */
import { sum } from '../../metrics/mean.ts';
import { chiSquareAbove } from './chi-square.ts';

export interface SampleRatio {
  /** Users of each variant, and how many were to be expected. */
  readonly found: readonly number[];
  readonly expected: readonly number[];
  /** Of so large a deviation, or a larger one, by chance. */
  readonly p: number;
  /** False where chance hardly explains it: then nothing else of the experiment can be believed. */
  readonly isSound: boolean;
}

/** Below it something loses users: the check is made at every look, so it is strict. */
export const SAMPLE_RATIO_RISK = 0.001;

/** Pearson's chi-square test. Expected are the sums over users of the shares in force when each came first, so shares may change on the way. Undefined where no users came, or there is one variant. */
export function sampleRatio(found: readonly number[], expected: readonly number[]): SampleRatio | undefined {
  const meant = expected.flatMap((users, variant) => (users > 0 ? [variant] : []));
  if (meant.length < 2 || sum(found) === 0) return undefined;
  const ofMeant = sum(meant.map((variant) => expected[variant]));
  const scale = sum(meant.map((variant) => found[variant])) / ofMeant;
  const x = sum(
    meant.map((variant) => (found[variant] - scale * expected[variant]) ** 2 / (scale * expected[variant])),
  );
  const p = chiSquareAbove(x, meant.length - 1);
  return { found, expected, p, isSound: p >= SAMPLE_RATIO_RISK };
}
