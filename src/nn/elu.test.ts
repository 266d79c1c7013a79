import { expect, it } from 'vitest';
import { compareGradients, evaluate, fed, worstGradient } from '../../test/graph-check.ts';
import { elu } from './elu.ts';

it('is x above 0 and e^x - 1 below, far from 0 too', async () => {
  const numbers = [-1e4, -2, -0.5, 0, 0.5, 3, 1e4];
  const { y } = await evaluate({ y: elu(fed('x', [7])) }, { x: numbers }, { float: 'float64', parameters: {} });
  for (const [at, x] of numbers.entries()) expect(y.values[at]).toBeCloseTo(x > 0 ? x : Math.exp(x) - 1, 12);
});

it('has the gradient of finite differences', async () => {
  const x = fed('x', [4]);
  const loss = elu(x).mul(elu(x)).total();
  expect(worstGradient(await compareGradients(loss, { x }, { x: [-3, -0.4, 0.7, 2] }))).toBeLessThan(1e-6);
});
