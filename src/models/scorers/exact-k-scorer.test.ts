import { expect, it } from 'vitest';
import { sampleBatch, sampleLists } from '../../testing/sample-lists.ts';
import { freshModel, sampleConfig, scored } from '../../testing/sample-model.ts';
import { exactKScorer } from './exact-k-scorer.ts';

it("a fresh model says of every card the training part's share of clicked lists", async () => {
  for (const slateRate of [0.2, 0.9]) {
    const fresh = freshModel(exactKScorer, { ...sampleConfig, slateRate });
    const { slateLogitB } = await scored(fresh, sampleBatch(sampleLists()));
    for (const logit of slateLogitB) expect(1 / (1 + Math.exp(-logit))).toBeCloseTo(slateRate, 6);
  }
});
