import { expect, it } from 'vitest';
import type { KnownItems } from '../../encoding/columns/encoded-slates.ts';
import { createRng } from '../../random/rng.ts';
import { sampleBatch, sampleLists, sampleSpec } from '../../testing/sample-lists.ts';
import { sampleConfig, scored } from '../../testing/sample-model.ts';
import { createModel } from '../model.ts';
import { modelArrays } from '../tables/weights.ts';
import { twoStageScorer } from './two-stage-scorer.ts';

it('a click on an item that training never saw clicked changes no score', async () => {
  // The encoder's own views of the history know items by their fields: a new one has a say there.
  const config = { ...sampleConfig, history: false, user: false };
  const [list] = sampleLists();
  const [learned, other, cold] = list.slots.map(({ row }) => row);
  const after = async (items: KnownItems, ...clicked: number[]): Promise<Float32Array> => {
    const spec = { ...sampleSpec, graph: undefined, items };
    const model = createModel(createRng(3), { scorer: twoStageScorer, config, spec });
    const rng = createRng(4);
    // Row 0 of the tables stays as it was made.
    for (const [name, array] of Object.entries(modelArrays(model)))
      for (let i = name.startsWith('table.id.') ? 17 : 0; i < array.length; i++) array[i] += 0.5 * rng.normal();
    return (await scored(model, sampleBatch([{ ...list, clicked }]))).logitsBK;
  };
  const items = { shown: [learned, other], clicked: [learned, other] };
  expect(await after(items, learned, cold)).toEqual(await after(items, learned));
  expect(await after(items, cold)).toEqual(await after(items));
  expect(await after(items, learned, other)).not.toEqual(await after(items, learned));
  // Shown in training, never clicked there: as cold as one that was not shown.
  const unclicked = { ...items, clicked: [learned] };
  expect(await after(unclicked, learned, other)).toEqual(await after(unclicked, learned));
});
