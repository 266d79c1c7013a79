import { expect, it } from 'vitest';
import { compareGradients, compute, fed, worstGradient } from '../../test/graph-check.ts';
import { logNoiseOf, uncertaintySum } from './uncertainty-sum.ts';

const [a, b, wa, wb] = [fed('a', []), fed('b', []), fed('wa', [1]), fed('wb', [1])];
const total = uncertaintySum(
  [
    { name: 'a', weight: 1, loss: a },
    { name: 'b', weight: 0.1, loss: b },
  ],
  { a: wa, b: wb },
);
const feeds = { a: 0.4, b: 2.3, wa: [logNoiseOf(1)], wb: [logNoiseOf(0.1)] };

it('starts at the weighted sum of the terms plus a constant', async () => {
  const [value] = await compute(total, feeds, { float: 'float64' });
  expect(value).toBeCloseTo(0.4 + 0.1 * 2.3 + (logNoiseOf(1) + logNoiseOf(0.1)) / 2, 12);
});

it('has the gradient of finite differences, for the losses and for the noise', async () => {
  expect(worstGradient(await compareGradients(total, { a, b, wa, wb }, feeds))).toBeLessThan(1e-8);
});

it('is least where the noise is the loss: there a term counts one half whatever its size', async () => {
  const { wa: slope } = await compareGradients(total, { wa }, { ...feeds, wa: [Math.log(0.4)] });
  expect(slope.symbolic[0]).toBeCloseTo(0, 12);
});
