import { describe, expect, it } from 'vitest';
import { sampleBatch, sampleLists } from '../../testing/sample-lists.ts';
import { noisyModel, sampleConfig, scored } from '../../testing/sample-model.ts';
import { setRankScorer } from './setrank-scorer.ts';

describe.each([
  ['full attention', 0],
  ['induced attention', 2],
])('%s', (_, inducing) => {
  const [list] = sampleLists();
  const logits = async (position: boolean, positions: readonly number[]): Promise<readonly number[]> => {
    const model = noisyModel(setRankScorer, { ...sampleConfig, inducing, position });
    return [...(await scored(model, sampleBatch([{ ...list, positions }]))).logitsBK];
  };

  it('knows the initial ranking by its ordinal embeddings', async () => {
    const [as, swapped] = [await logits(true, [0, 1, 2]), await logits(true, [2, 1, 0])];
    expect(Math.max(...as.map((logit, k) => Math.abs(logit - swapped[k])))).toBeGreaterThan(1e-3);
  });

  it('is blind to it without them', async () => {
    expect(await logits(false, [2, 1, 0])).toEqual(await logits(false, [0, 1, 2]));
  });
});
