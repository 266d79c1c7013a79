import { expect, it } from 'vitest';
import { compareGradients, compute, type Feeds, fed, worstGradient } from '../../test/graph-check.ts';
import { createRng } from '../random/rng.ts';
import { createHistoryPooling, historyPooling } from './history-pooling.ts';

const [H, D] = [3, 2];
const weight = fed('weight', [D, 1]);
const recency = fed('recency', [H]);
const history = fed('history', ['B', H, D]);
const mask = fed('mask', ['B', H]);
const fresh = createHistoryPooling(createRng(1), { width: D, historyLength: H });
const layer = {
  query: {
    ...fresh.query,
    weight: { ...fresh.query.weight, tensor: weight },
    bias: { ...fresh.query.bias, tensor: fed('bias', [1]) },
  },
  recency: { ...fresh.recency, tensor: recency },
};
const pooledBD = historyPooling(layer, history, mask);

const items = [
  [1, 2],
  [-0.5, 0.3],
  [0.7, -1],
];
const feeds = (maskBH: readonly (readonly number[])[], historyBHD = maskBH.map(() => items)): Feeds => ({
  weight: [[0.4], [-0.8]],
  bias: [0.2],
  recency: [0.5, 0.1, -0.9],
  history: historyBHD,
  mask: maskBH,
});

it('is the mean by softmax of query . item + recency, over what is there', async () => {
  const found = await compute(
    pooledBD,
    feeds([
      [1, 1, 1],
      [1, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]),
    { float: 'float64' },
  );
  const powers = items.map(([x, y], h) => Math.exp(0.4 * x - 0.8 * y + [0.5, 0.1, -0.9][h]));
  const mean = (there: readonly number[]): readonly number[] => {
    const total = there.reduce((sum, h) => sum + powers[h], 0);
    return [0, 1].map((d) => there.reduce((sum, h) => sum + (powers[h] / total) * items[h][d], 0));
  };
  const expected = [...mean([0, 1, 2]), ...mean([0, 1]), ...items[1], 0, 0];
  for (const [at, value] of expected.entries()) expect(found[at]).toBeCloseTo(value, 10);
});

it('padding changes nothing, whatever stands there', async () => {
  const other = [items[0], [1e4, -1e4], [3, 3]];
  const masked = [[1, 0, 0]];
  expect(await compute(pooledBD, feeds(masked, [other]))).toEqual(await compute(pooledBD, feeds(masked)));
});

it('has the gradients of finite differences', async () => {
  const scalar = pooledBD.mul(pooledBD).total().add(pooledBD.total());
  const wanted = { weight, recency, history };
  const found = await compareGradients(
    scalar,
    wanted,
    feeds([
      [1, 1, 1],
      [1, 1, 0],
      [0, 0, 0],
    ]),
  );
  expect(worstGradient(found)).toBeLessThan(1e-6);
});
