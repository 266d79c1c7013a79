import { describe, expect, it } from 'vitest';
import { compareGradients, evaluate, fed, largestDifference, worstGradient } from '../../test/graph-check.ts';
import { gradients } from '../graph/gradients.ts';
import { bce } from './bce.ts';

const logitsBK = fed('logitsBK', ['B', 'K']);
const labelsBK = fed('labelsBK', ['B', 'K']);
const maskBK = fed('maskBK', ['B', 'K']);
const loss = bce({ logitsBK, labelsBK, maskBK });
const gradient = gradients(loss, [logitsBK])[0] ?? loss;

const slates = {
  logitsBK: [
    [0.3, -1.2, 2.5],
    [1.1, 0, -0.4],
  ],
  labelsBK: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  maskBK: [
    [1, 1, 1],
    [1, 1, 0],
  ],
};

describe('bce', () => {
  it('is the mean of -log p(label) over the items present', async () => {
    const p = (z: number): number => 1 / (1 + Math.exp(-z));
    const terms = [p(0.3), 1 - p(-1.2), 1 - p(2.5), 1 - p(1.1), p(0)];
    const expected = -terms.reduce((sum, term) => sum + Math.log(term), 0) / 5;
    const { value } = await evaluate({ value: loss }, slates, { float: 'float64' });
    expect(value.values[0]).toBeCloseTo(expected, 12);
  });

  it('stays finite and exact at logits of +-1e4', async () => {
    const feeds = { logitsBK: [[1e4, -1e4, 1e4, -1e4]], labelsBK: [[1, 0, 0, 1]], maskBK: [[1, 1, 1, 1]] };
    const { value, slope } = await evaluate({ value: loss, slope: gradient }, feeds);
    expect(value.values).toEqual([5000]);
    expect(largestDifference(slope.values, [0, 0, 0.25, -0.25])).toBeLessThan(1e-6);
  });

  it('does not see padding, and is 0 without slope when there is nothing else', async () => {
    const padded = {
      logitsBK: [
        [0.3, -1.2, 2.5, 9],
        [1.1, 0, -1e4, -7],
        [5, 5, 5, 5],
      ],
      labelsBK: [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 0, 0],
      ],
      maskBK: [
        [1, 1, 1, 0],
        [1, 1, 0, 0],
        [0, 0, 0, 0],
      ],
    };
    const [bare, more] = [await evaluate({ value: loss }, slates), await evaluate({ value: loss }, padded)];
    expect(more.value.values[0]).toBeCloseTo(bare.value.values[0], 6);
    const empty = { ...padded, maskBK: padded.maskBK.map((row) => row.map(() => 0)) };
    const { value, slope } = await evaluate({ value: loss, slope: gradient }, empty);
    expect(value.values).toEqual([0]);
    expect(slope.values.every((g) => g === 0)).toBe(true);
  });

  it('has the gradient of finite differences', async () => {
    expect(worstGradient(await compareGradients(loss, { logitsBK }, slates))).toBeLessThan(1e-8);
  });
});
