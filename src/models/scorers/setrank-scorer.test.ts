import { describe, expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import { compileGraph } from '../../runtime/compile.ts';
import { sampleBatch, sampleLists } from '../../testing/sample-lists.ts';
import { noisyModel, parametersOf, sampleConfig, scored } from '../../testing/sample-model.ts';
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

describe("blocks as the authors' code has them", () => {
  const published = { ...sampleConfig, publishedBlocks: true };

  it.each([
    [0, 5, 3],
    [2, 9, 5],
  ])('drop shares of attention alone, with %i inducing vectors', (inducing, own, theirs) => {
    const masks = (publishedBlocks: boolean): number => {
      const model = noisyModel(setRankScorer, { ...sampleConfig, publishedBlocks, inducing, inputDropout: 0 });
      const { itemLogitsBK } = setRankScorer.score(model.layer, model.inputs, { ...model, rng: createRng(1) });
      return compileGraph({ itemLogitsBK }, { parameters: parametersOf(model), name: 'drops' }).dropoutMasks.length;
    };
    // Two blocks: ours drop what each attention and each feed-forward half gives; one more drops users.
    expect([masks(false), masks(true)]).toEqual([own, theirs]);
  });

  it('meet the ordinal embeddings again before every block', async () => {
    const logitsOf = async (scale: number): Promise<readonly number[]> => {
      const model = noisyModel(setRankScorer, { ...published, blocks: 2 });
      const [list] = sampleLists();
      // The same vector for every place: a norm behind the first block has taken it out, were it not added again.
      model.parameters['encoder.position'].initial.fill(scale);
      model.parameters['full.0.attentionNorm.gain'].initial.fill(0);
      model.parameters['full.0.norm.gain'].initial.fill(0);
      return [...(await scored(model, sampleBatch([list]))).logitsBK];
    };
    const [one, two] = [await logitsOf(0), await logitsOf(0.5)];
    expect(Math.max(...one.map((logit, k) => Math.abs(logit - two[k])))).toBeGreaterThan(1e-3);
  });
});
