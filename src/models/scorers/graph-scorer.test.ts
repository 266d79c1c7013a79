import { expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import { compileGraph } from '../../runtime/compile.ts';
import { sampleBatch, sampleLists } from '../../testing/sample-lists.ts';
import { noisyModel, parametersOf, sampleConfig, scored } from '../../testing/sample-model.ts';
import type { GraphConfig } from '../shared/scorer-config.ts';
import { graphScorer } from './graph-scorer.ts';

const withGraph = (changes: Partial<GraphConfig>): typeof sampleConfig => ({
  ...sampleConfig,
  graph: { ...sampleConfig.graph, ...changes },
});

it('ELU is another function of the same weights', async () => {
  const batch = sampleBatch(sampleLists());
  const [plain, curved] = [
    await scored(noisyModel(graphScorer, withGraph({})), batch),
    await scored(noisyModel(graphScorer, withGraph({ activation: 'elu' })), batch),
  ];
  expect(curved.logitsBK).not.toEqual(plain.logitsBK);
});

it('training drops shares of attention, those of neighbours and of the node itself in both layers', () => {
  const masks = (attentionDropout: number): number => {
    const model = noisyModel(graphScorer, { ...withGraph({ attentionDropout }), dropout: 0, inputDropout: 0 });
    const { itemLogitsBK } = graphScorer.score(model.layer, model.inputs, { ...model, rng: createRng(1) });
    return compileGraph({ itemLogitsBK }, { parameters: parametersOf(model), name: 'drops' }).dropoutMasks.length;
  };
  // Two masks for items, two for the users who clicked them, two for the user of the request.
  expect(masks(0.6) - masks(0)).toBe(6);
});
