import type { LossConfig } from '../../losses/loss.ts';
import { logNoiseOf } from '../../losses/uncertainty-sum.ts';
import type { EpochRecord } from '../epoch-record.ts';

/** Softens the ratios: at 2 a term that did not fall at all weighs less than twice one that halved. */
const TEMPERATURE = 2;

/** The largest ratio that counts: a term that rises from nearly nothing shall not silence the others. Far below where its power would overflow. */
const LARGEST_RATIO = 4;
/** A loss below it is nothing: its ratio to the next says nothing either. */
const SMALLEST_LOSS = 1e-8;

/**
 * Dynamic weight average (Liu, Johns & Davison 2019, equation 7): lambda_k n softmax(r_k / T), r_k the ratio of the term's training losses in the last two
 * epochs, at most 4, and 1 where there was nothing to fall. The first two epochs have the weights as given.
 *
 * The paper's losses are the means of an epoch's steps. Ours are measured after each epoch on the training sample, with the averaged weights and nothing
 * dropped: less noise, and a little later than what the last steps saw.
 */
export function dynamicWeights(losses: readonly LossConfig[], epochs: readonly EpochRecord[]): Float32Array {
  const [before, last] = epochs.slice(-2);
  const given = losses.map(({ weight }) => weight);
  if (!before || !last) return Float32Array.from(given);
  const powers = losses.map(({ name }) =>
    Math.exp(ratio(before.train.terms[name], last.train.terms[name]) / TEMPERATURE),
  );
  const total = powers.reduce((sum, power) => sum + power, 0);
  return Float32Array.from(given, (weight, k) => (weight * losses.length * powers[k]) / total);
}

const ratio = (before: number, last: number): number =>
  before > SMALLEST_LOSS && before < Number.POSITIVE_INFINITY ? Math.min(last / before, LARGEST_RATIO) : 1;

/** Where the learned noise of uncertainty weighting starts: at the weights as given. */
export const initialNoise = (losses: readonly LossConfig[]): Readonly<Record<string, number>> =>
  Object.fromEntries(losses.map(({ name, weight }) => [name, logNoiseOf(weight)]));
