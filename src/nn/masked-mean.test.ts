import { expect, it } from 'vitest';
import { evaluate, fed } from '../../test/graph-check.ts';
import { maskedCount, maskedMean, maskedSum } from './masked-mean.ts';

it('leaves out what the mask leaves out; a row with nothing is zero', async () => {
  const [vectors, mask] = [fed('vectors', ['R', 'G', 2]), fed('mask', ['R', 'G'])];
  const outputs = { sum: maskedSum(vectors, mask), count: maskedCount(mask), mean: maskedMean(vectors, mask) };
  const far = [1e6, -1e6];
  const feeds = {
    vectors: {
      values: [...[1, 2], ...[3, 6], ...far, ...far, ...far, ...far],
      dims: [2, 3, 2],
    },
    mask: [
      [1, 1, 0],
      [0, 0, 0],
    ],
  };
  const { sum, count, mean } = await evaluate(outputs, feeds, { float: 'float64', parameters: {} });
  expect([...sum.values]).toEqual([4, 8, 0, 0]);
  expect([...count.values]).toEqual([2, 1]);
  expect([...mean.values]).toEqual([2, 4, 0, 0]);
});
