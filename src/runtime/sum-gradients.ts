import type { JobResult } from './job.ts';

/**
 * Writes the weighted sum of the results' gradients into `sum`, in the order of the results, so that it is the same whichever worker ran what, and gives the sum of
 * its squares. Two at a time: the sum passes through memory half as often, and through float32 rounding too.
 */
export function sumGradients(results: readonly JobResult[], weights: readonly number[], sum: Float32Array): number {
  if (results.length === 2) return sumOfTwo(results, weights, sum);
  sum.fill(0);
  let at = 0;
  for (; at + 1 < results.length; at += 2) {
    addPair(sum, results[at].gradient, weights[at], results[at + 1].gradient, weights[at + 1]);
  }
  if (at < results.length) addOne(sum, results[at].gradient, weights[at]);
  let squares = 0;
  for (let i = 0; i < sum.length; i++) squares += sum[i] * sum[i];
  return squares;
}

/** What a step of two micro-batches needs, in one pass. */
function sumOfTwo(
  [{ gradient: a }, { gradient: b }]: readonly JobResult[],
  [weightA, weightB]: readonly number[],
  sum: Float32Array,
): number {
  const { length } = sum;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    // Added to 0, as into a sum that was cleared: of two negative zeros it makes a zero.
    const value = Math.fround(0 + (weightA * a[i] + weightB * b[i]));
    sum[i] = value;
    squares += value * value;
  }
  return squares;
}

function addPair(sum: Float32Array, a: Float32Array, weightA: number, b: Float32Array, weightB: number): void {
  const { length } = sum;
  for (let i = 0; i < length; i++) sum[i] += weightA * a[i] + weightB * b[i];
}

function addOne(sum: Float32Array, a: Float32Array, weight: number): void {
  const { length } = sum;
  for (let i = 0; i < length; i++) sum[i] += weight * a[i];
}
