import { expect, test } from 'vitest';
import { BETA1, BETA2, createAdamW, EPSILON } from './adamw.ts';

/** Algorithm 2 of Loshchilov & Hutter 2019, line by line, for one number. */
function literal(start: number, gradients: readonly number[], rate: number, decay: number): number {
  let x = start;
  let m = 0;
  let v = 0;
  for (const [index, g] of gradients.entries()) {
    const t = index + 1;
    m = BETA1 * m + (1 - BETA1) * g;
    v = BETA2 * v + (1 - BETA2) * g * g;
    const mHat = m / (1 - BETA1 ** t);
    const vHat = v / (1 - BETA2 ** t);
    x -= rate * (mHat / (Math.sqrt(vHat) + EPSILON) + decay * x);
  }
  return x;
}

test.each([0, 0.1])('steps follow the published algorithm, weight decay %s', (weightDecay) => {
  const steps = [
    [0.5, -3],
    [1e-4, 0],
    [-2, 1e6],
  ];
  const parameters = Float32Array.of(1.5, -0.25);
  const optimizer = createAdamW({ decays: Uint8Array.of(1, 0), weightDecay });
  for (const gradient of steps) optimizer.step(parameters, Float32Array.from(gradient), 0.01);
  const column = (at: number): number[] => steps.map((gradient) => gradient[at]);
  expect(parameters[0]).toBeCloseTo(literal(1.5, column(0), 0.01, weightDecay), 6);
  expect(parameters[1]).toBeCloseTo(literal(-0.25, column(1), 0.01, 0), 6);
});
