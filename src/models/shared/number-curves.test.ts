import { expect, it } from 'vitest';
import { evaluate, fed } from '../../../test/graph-check.ts';
import { sampleConfig } from '../../testing/sample-model.ts';
import { createCurves, withCurves } from './number-curves.ts';

const D = sampleConfig.width;
const knots = sampleConfig.knots?.slot;
const { slot } = createCurves(sampleConfig);
const vectors = fed('vectors', ['B', 'K', D]);
const numbers = fed('numbers', ['B', 'K', 3]);
const feeds = {
  vectors: [
    [Array.from({ length: D }, (_, d) => d), Array.from({ length: D }, (_, d) => -1 - d)],
    [Array(D).fill(0.5), Array(D).fill(0)],
  ],
  numbers: [
    [
      [0.5, 0, 1.5],
      [-3, 9, 0],
    ],
    [
      [0, 0, 0],
      [1, 1, 1],
    ],
  ],
};

it('a fresh curve is straight: it adds nothing', async () => {
  if (!slot) throw new Error('expected curves of the slots');
  const parameters = { curves: slot.tensor };
  const given = { ...feeds, curves: { values: [...slot.initial], dims: slot.shape } };
  const { bent, straight } = await evaluate(
    { bent: withCurves(vectors, slot, numbers, knots), straight: vectors.mul(1) },
    given,
    { parameters },
  );
  expect(bent).toEqual(straight);
});

it('adds to every vector the heights of its own numbers', async () => {
  if (!slot) throw new Error('expected curves of the slots');
  // The first piece of the first column, of knots -2, 0 and 1, is worth its row of weights: 1 in the first place.
  const curves = { values: [...slot.initial].map((_, at) => Number(at === 0)), dims: slot.shape };
  const { bent } = await evaluate(
    { bent: withCurves(vectors, slot, numbers, knots).slice(2, 0, 1).reshape(['B', 'K']) },
    {
      ...feeds,
      numbers: [
        [
          [-2, 0, 0],
          [-1, 0, 0],
        ],
        [
          [0, 0, 0],
          [5, 0, 0],
        ],
      ],
      curves,
    },
    { parameters: { curves: slot.tensor } },
  );
  expect(bent.values).toEqual([0 + 1, -1 + 0.5, 0.5 + 0, 0 + 0]);
});

it('is the same tensor where there are no curves', () => {
  const { knots: _, ...straight } = sampleConfig;
  expect(createCurves(straight)).toEqual({ item: undefined, slot: undefined, context: undefined });
  expect(withCurves(vectors, undefined, numbers, knots)).toBe(vectors);
});
