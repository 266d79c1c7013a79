import { expect, test } from 'vitest';
import { sumGradients } from './sum-gradients.ts';

const result = (...gradient: number[]) => ({ values: {}, gradient: Float32Array.from(gradient) });

test('the sum is weighted, for even and odd numbers of results, and forgets what was there', () => {
  const results = [result(1, 2), result(10, 20), result(100, -200)];
  const sum = Float32Array.of(7, 7);
  sumGradients(results, [0.5, 0.25, 2], sum);
  expect([...sum]).toEqual([0.5 + 2.5 + 200, 1 + 5 - 400]);
  sumGradients(results.slice(0, 2), [1, 1], sum);
  expect([...sum]).toEqual([11, 22]);
  sumGradients([], [], sum);
  expect([...sum]).toEqual([0, 0]);
});
