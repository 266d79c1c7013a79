import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitOfSlate } from './hit-rate.ts';
import { reciprocalRankOfSlate } from './mrr.ts';
import { ndcgOfSlate } from './ndcg.ts';
import { recallOfSlate } from './recall-at.ts';
import { clickShares, rankSlate, type TiedRanking } from './tied-ranking.ts';

/** The metrics of one order, as their definitions read; ranks from 1. */
const ofOrder = {
  ndcg: (labels: readonly number[], k: number) => {
    const gain = (order: readonly number[]): number =>
      order.slice(0, k).reduce((sum, label, place) => sum + label / Math.log2(place + 2), 0);
    return gain(labels) / gain([...labels].sort((a, b) => b - a));
  },
  reciprocalRank: (labels: readonly number[]) => 1 / (labels.indexOf(1) + 1),
  hit: (labels: readonly number[], k: number) => (labels.slice(0, k).includes(1) ? 1 : 0),
  recall: (labels: readonly number[], k: number) =>
    labels.slice(0, k).filter((label) => label === 1).length / labels.filter((label) => label === 1).length,
};

const ofTies: Record<keyof typeof ofOrder, (ranking: TiedRanking, k: number) => number> = {
  ndcg: ndcgOfSlate,
  reciprocalRank: reciprocalRankOfSlate,
  hit: hitOfSlate,
  recall: recallOfSlate,
};

function* permutations(items: readonly number[]): Generator<readonly number[]> {
  if (items.length === 0) yield [];
  for (const [at, first] of items.entries())
    for (const rest of permutations(items.toSpliced(at, 1))) yield [first, ...rest];
}

/** Every order of the places that goes with the scores, each once. */
const allowedOrders = (scores: readonly number[]): (readonly number[])[] =>
  [...permutations([...scores.keys()])].filter((order) =>
    order.every((place, at) => at === 0 || scores[order[at - 1]] >= scores[place]),
  );

const slate = fc
  .array(fc.record({ score: fc.integer({ min: 0, max: 2 }), label: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .filter((items) => items.some(({ label }) => label === 1));

describe('ranking metrics of tied scores', () => {
  it('are the mean over all orders that the scores allow', () => {
    fc.assert(
      fc.property(slate, fc.integer({ min: 1, max: 7 }), (items, k) => {
        const [scores, labels] = [items.map(({ score }) => score), items.map(({ label }) => label)];
        const orders = allowedOrders(scores).map((order) => order.map((place) => labels[place]));
        const ranking = rankSlate(scores, labels, [0, items.length]);
        for (const name of ['ndcg', 'reciprocalRank', 'hit', 'recall'] as const) {
          const mean = orders.reduce((sum, order) => sum + ofOrder[name](order, k), 0) / orders.length;
          expect(ofTies[name](ranking, k), name).toBeCloseTo(mean, 12);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are those of the one order, to the last bit, where no two scores are equal', () => {
    const labels = [0, 1, 0, 0, 1, 1, 0];
    const ranking = rankSlate(
      labels.map((_, place) => -place),
      labels,
      [0, labels.length],
    );
    for (const k of [1, 2, 5, 10]) {
      for (const name of ['ndcg', 'reciprocalRank', 'hit', 'recall'] as const)
        expect(ofTies[name](ranking, k), name).toBe(ofOrder[name](labels, k));
    }
  });

  it('do not know where a clicked item stood in the log', () => {
    const figures = (labels: readonly number[]): readonly number[] => {
      const ranking = rankSlate([7, 7, 7, 7], labels, [0, 4]);
      return [
        ndcgOfSlate(ranking, 2),
        reciprocalRankOfSlate(ranking),
        hitOfSlate(ranking, 2),
        recallOfSlate(ranking, 2),
      ];
    };
    expect(figures([1, 0, 0, 0])).toEqual(figures([0, 0, 0, 1]));
    expect(figures([1, 0, 0, 0])).toEqual([(1 + 1 / Math.log2(3)) / 4, (1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, 1 / 2, 1 / 2]);
  });
});

describe('rankSlate', () => {
  it('groups equal scores, 0 and -0 among them, best first, of the slots asked for', () => {
    const ranking = rankSlate([9, 0, 2, -0, 2, 1, 9], [1, 1, 0, 0, 1, 0, 1], [1, 6]);
    expect(ranking).toEqual({ sizesG: Int32Array.of(2, 1, 2), clicksG: Int32Array.of(1, 0, 1), clicks: 2 });
  });
});

describe('clickShares', () => {
  it('gives items of equal score the mean of their clicks, rank by rank', () => {
    const ranking = rankSlate([1, 5, 5, 3, 5], [1, 1, 0, 0, 0], [0, 5]);
    expect(clickShares(ranking)).toEqual([1 / 3, 1 / 3, 1 / 3, 0, 1]);
    expect(clickShares(rankSlate([], [], [0, 0]))).toEqual([]);
  });
});
