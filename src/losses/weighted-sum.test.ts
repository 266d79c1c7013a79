import { describe, expect, it } from 'vitest';
import { compareGradients, evaluate, fed, worstGradient } from '../../test/graph-check.ts';
import { weightedSum } from './weighted-sum.ts';

const x = fed('x', []);
const y = fed('y', []);
const terms = [
  { name: 'square', weight: 1, loss: x.mul(x) },
  { name: 'product', weight: 0.3, loss: x.mul(y) },
  { name: 'exponential', weight: -2, loss: y.exp() },
];

describe('weightedSum', () => {
  it('is sum of lambda_k L_k, and leaves each term to be read', async () => {
    const named = Object.fromEntries(terms.map(({ name, loss }) => [name, loss]));
    const found = await evaluate({ total: weightedSum(terms), ...named }, { x: 3, y: 0.5 }, { float: 'float64' });
    expect(found.total.values[0]).toBeCloseTo(9 + 0.3 * 1.5 - 2 * Math.exp(0.5), 12);
    expect(terms.map(({ name }) => (found as Record<string, { values: readonly number[] }>)[name].values[0])).toEqual([
      9,
      1.5,
      Math.exp(0.5),
    ]);
  });

  it('has the gradient of finite differences, also with one term', async () => {
    expect(worstGradient(await compareGradients(weightedSum(terms), { x, y }, { x: 3, y: 0.5 }))).toBeLessThan(1e-8);
    const one = weightedSum([{ name: 'square', weight: 2, loss: x.mul(x) }]);
    expect(worstGradient(await compareGradients(one, { x, y }, { x: 3, y: 0.5 }))).toBeLessThan(1e-8);
  });

  it('drops a term of weight 0 from the gradient but not from the curve', async () => {
    const muted = weightedSum([terms[0], { ...terms[2], weight: 0 }]);
    const compared = await compareGradients(muted, { x, y }, { x: 3, y: 0.5 });
    expect(compared.y.symbolic).toEqual([0]);
    expect(compared.x.symbolic[0]).toBeCloseTo(6, 10);
  });

  it('wants a term', () => {
    expect(() => weightedSum([])).toThrow(/at least one term/);
  });
});
