import { logNoiseOf } from '../losses/uncertainty-sum.ts';
import type { EpochRecord } from './epoch-record.ts';
import type { LossConfig } from './training-config.ts';

/** Softens the ratios: at 2 a term that did not fall at all weighs less than twice one that halved. */
const TEMPERATURE = 2;

/**
 * Dynamic weight average (Liu, Johns & Davison 2019, equation 7): lambda_k n softmax(r_k / T), r_k the ratio of the term's training losses in the last two
 * epochs. The first two epochs have the weights as given.
 */
export function dynamicWeights(losses: readonly LossConfig[], epochs: readonly EpochRecord[]): Float32Array {
  const [before, last] = epochs.slice(-2);
  const given = losses.map(({ weight }) => weight);
  if (!before || !last) return Float32Array.from(given);
  const powers = losses.map(({ name }) => Math.exp(last.train.terms[name] / before.train.terms[name] / TEMPERATURE));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return Float32Array.from(given, (weight, k) => (weight * losses.length * powers[k]) / total);
}

/** Where the learned noise of uncertainty weighting starts: at the weights as given. */
export const initialNoise = (losses: readonly LossConfig[]): Readonly<Record<string, number>> =>
  Object.fromEntries(losses.map(({ name, weight }) => [name, logNoiseOf(weight)]));
