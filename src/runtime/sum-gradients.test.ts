import { expect, test } from 'vitest';
import { sumGradients } from './sum-gradients.ts';

const result = (...gradient: number[]) => ({ values: {}, gradient: Float32Array.from(gradient) });

test('the sum is weighted, for even and odd numbers of results, and forgets what was there', () => {
  const results = [result(1, 2), result(10, 20), result(100, -200)];
  const sum = Float32Array.of(7, 7);
  expect(sumGradients(results, [0.5, 0.25, 2], sum)).toBe(203 ** 2 + 394 ** 2);
  expect([...sum]).toEqual([0.5 + 2.5 + 200, 1 + 5 - 400]);
  expect(sumGradients(results.slice(0, 2), [1, 1], sum)).toBe(11 ** 2 + 22 ** 2);
  expect([...sum]).toEqual([11, 22]);
  sumGradients([], [], sum);
  expect([...sum]).toEqual([0, 0]);
});

test('two are summed to the bit as several are', () => {
  const random = (seed: number): Float32Array =>
    Float32Array.from({ length: 40 }, (_, i) => Math.sin(seed + i * i) / 7);
  const [a, b] = [random(1), random(2)];
  a[0] = -0;
  b[0] = -0;
  const none = new Float32Array(40);
  const sums = [
    [a, b],
    [a, b, none],
  ].map((gradients) => {
    const sum = new Float32Array(40);
    const squares = sumGradients(
      gradients.map((gradient) => ({ values: {}, gradient })),
      [0.3, 0.7, 0],
      sum,
    );
    return [squares, ...new Uint32Array(sum.buffer)];
  });
  expect(sums[0]).toEqual(sums[1]);
});
