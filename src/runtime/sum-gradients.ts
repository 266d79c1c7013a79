import type { JobResult } from './job.ts';

/**
 * Writes the weighted sum of the results' gradients into `sum`, in the order of the results, so that it is the same whichever worker ran what. Two at a time:
 * the sum passes through memory half as often, and through float32 rounding too.
 */
export function sumGradients(results: readonly JobResult[], weights: readonly number[], sum: Float32Array): void {
  sum.fill(0);
  let at = 0;
  for (; at + 1 < results.length; at += 2) {
    addPair(sum, results[at].gradient, weights[at], results[at + 1].gradient, weights[at + 1]);
  }
  if (at < results.length) addOne(sum, results[at].gradient, weights[at]);
}

function addPair(sum: Float32Array, a: Float32Array, weightA: number, b: Float32Array, weightB: number): void {
  const { length } = sum;
  for (let i = 0; i < length; i++) sum[i] += weightA * a[i] + weightB * b[i];
}

function addOne(sum: Float32Array, a: Float32Array, weight: number): void {
  const { length } = sum;
  for (let i = 0; i < length; i++) sum[i] += weight * a[i];
}
