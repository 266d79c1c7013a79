import { describe, expect, it } from 'vitest';
import { compareGradients, evaluate, type Feeds, fed, worstGradient } from '../../../test/graph-check.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { outputsOf } from './head.ts';
import type { HeadKind } from './scorer-config.ts';
import type { ScorerInputs } from './scorer-inputs.ts';
import type { ScorerOutputs } from './scorer-outputs.ts';

const last1 = fed('last', ['B', 'K', 1]);
const last2 = fed('last', ['B', 'K', 2]);
const inputs = { maskBK: fed('maskBK', ['B', 'K']) } as unknown as ScorerInputs;
const encoded = {} as unknown as Parameters<typeof outputsOf>[1]['encoded'];

function outputs(kind: HeadKind, last: Tensor = last1): ScorerOutputs {
  return outputsOf(last, { itemVectorsBKD: last, encoded, inputs, kind });
}

/** Slates of four, two and one items; 9 stands on the padding. */
const utilities = [
  [0.3, -1.2, 2.5, 0.9],
  [1.1, 0.2, 9, 9],
  [-0.7, 9, 9, 9],
];
const lengths = [4, 2, 1];
const feeds: Feeds = {
  last: utilities.map((row) => row.map((u) => [u])),
  maskBK: lengths.map((length) => [0, 1, 2, 3].map((k) => Number(k < length))),
};

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

describe.each([
  ['choice', 0],
  ['choice-or-none', 1],
] as const)('%s', (kind, none) => {
  const { itemLogitsBK, slateLogitB } = outputs(kind);

  it('gives the logit of being the one that is chosen', async () => {
    const found = await evaluate({ itemLogitsBK, slateLogitB }, feeds, { float: 'float64' });
    for (const [b, length] of lengths.entries()) {
      const powers = utilities[b].slice(0, length).map(Math.exp);
      const total = powers.reduce((sum, power) => sum + power, none);
      for (const [k, power] of powers.entries()) {
        expect(sigmoid(found.itemLogitsBK.values[4 * b + k])).toBeCloseTo(power / total, 10);
      }
      expect(found.itemLogitsBK.values.slice(4 * b + length, 4 * b + 4).every((z) => z === 0)).toBe(true);
      expect(sigmoid(found.slateLogitB.values[b])).toBeCloseTo(1 - none / total, 10);
    }
  });

  it('is bounded where utilities are not', async () => {
    const far: Feeds = { last: [[[1e4], [-1e4], [0]]], maskBK: [[1, 1, 1]] };
    const found = await evaluate({ itemLogitsBK, slateLogitB }, far);
    expect(found.itemLogitsBK.values).toEqual([30, -30, -30]);
    expect(found.slateLogitB.values).toEqual([30]);
  });

  it('has the gradient of finite differences', async () => {
    const loss = itemLogitsBK.mul(itemLogitsBK).total().add(slateLogitB.total());
    expect(worstGradient(await compareGradients(loss, { last: last1 }, feeds))).toBeLessThan(1e-6);
  });
});

it('joint: an item is the difference of its two logits', async () => {
  const { itemLogitsBK, clickBK, noClickBK } = outputs('joint', last2);
  const fedTwo: Feeds = {
    last: [
      [
        [2, 0.5],
        [-1, 3],
        [7, 8],
      ],
    ],
    maskBK: [[1, 1, 0]],
  };
  const found = await evaluate({ itemLogitsBK, clickBK: clickBK as Tensor, noClickBK: noClickBK as Tensor }, fedTwo);
  expect(found.itemLogitsBK.values).toEqual([1.5, -4, 0]);
  expect(found.clickBK.values).toEqual([2, -1, 0]);
  expect(found.noClickBK.values).toEqual([0.5, 3, 0]);
});

it('clicks: the slate logit is that of at least one click', async () => {
  const { slateLogitB } = outputs('clicks');
  const found = await evaluate({ slateLogitB }, feeds, { float: 'float64' });
  for (const [b, length] of lengths.entries()) {
    const miss = utilities[b].slice(0, length).reduce((product, z) => product * (1 - sigmoid(z)), 1);
    expect(sigmoid(found.slateLogitB.values[b])).toBeCloseTo(1 - miss, 10);
  }
});
