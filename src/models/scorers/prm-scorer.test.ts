import { beforeAll, describe, expect, it } from 'vitest';
import type { Tensor } from '../../tensor/tensor.ts';
import { runGraph, type Values } from '../../testing/run-graph.ts';
import { sampleBatch, sampleLists } from '../../testing/sample-lists.ts';
import { feedsOf, noisyModel, parametersOf, sampleConfig } from '../../testing/sample-model.ts';
import { clickModel } from '../shared/click-model.ts';
import { encode } from '../shared/encoder.ts';
import { type PrmLayer, prmScorer } from './prm-scorer.ts';

const D = sampleConfig.width;
/** No Transformer: what comes out is the head of what goes in. */
const config = { ...sampleConfig, personal: 'pretrained', blocks: 0, dropout: 0, inputDropout: 0 } as const;
const model = noisyModel(prmScorer, config);
const layer = model.layer as PrmLayer;
const batch = sampleBatch(sampleLists());
const slots = batch.maskBK.length;

const run = (outputs: Readonly<Record<string, Tensor>>): Promise<Values> =>
  runGraph(outputs, { feeds: feedsOf(model, batch), parameters: parametersOf(model) });

const valuesOf = (name: string): Float32Array => model.parameters[name].initial;
const rowOf = (values: ArrayLike<number>, row: number): readonly number[] =>
  Array.from(values).slice(row * D, (row + 1) * D);

/** x W + b in plain numbers. */
const linearOf = (x: readonly number[], name: string): readonly number[] => {
  const [weight, bias] = [valuesOf(`${name}.weight`), valuesOf(`${name}.bias`)];
  return Array.from(bias, (b, o) => x.reduce((sum, value, i) => sum + value * weight[i * bias.length + o], b));
};

const normed = (x: readonly number[], name: string): readonly number[] => {
  const mean = x.reduce((a, b) => a + b) / D;
  const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / D + 1e-5);
  return x.map((value, d) => ((value - mean) / deviation) * valuesOf(`${name}.gain`)[d] + valuesOf(`${name}.bias`)[d]);
};

describe('the vector of a click model that was trained before', () => {
  let values: Values;
  beforeAll(async () => {
    const { itemLogitsBK } = prmScorer.score(layer, model.inputs, model);
    const { slotsBKD } = encode(layer.encoder, model.inputs, model);
    if (!layer.pretrained) throw new Error('expected a click model');
    const clicks = clickModel(layer.pretrained, model.inputs, model);
    const first = prmScorer.firstStage?.(layer, model.inputs, model).itemLogitsBK as Tensor;
    values = await run({ itemLogitsBK, slotsBKD, pvBKD: clicks.itemVectorsBKD, first });
  });

  it('is its last hidden layer, in which its logit is linear', () => {
    for (let slot = 0; slot < slots; slot++) {
      if (batch.maskBK[slot] === 0) continue;
      const [logit] = linearOf(rowOf(values.pvBKD, slot), 'pretrained.head.logit');
      expect(values.first[slot]).toBeCloseTo(logit, 4);
    }
  });

  it('stands beside the vector of the item, and both are projected', () => {
    for (let slot = 0; slot < slots; slot++) {
      if (batch.maskBK[slot] === 0) continue;
      const both = [...rowOf(values.slotsBKD, slot), ...rowOf(values.pvBKD, slot)];
      const [logit] = linearOf(normed(linearOf(both, 'mix'), 'head.norm'), 'head.logit');
      expect(values.itemLogitsBK[slot]).toBeCloseTo(logit, 3);
    }
  });

  it('knows nothing of the list, nor of the place', async () => {
    const [list] = sampleLists();
    const alone = sampleBatch([{ ...list, slots: list.slots.slice(0, 1), positions: [2] }]);
    if (!layer.pretrained) throw new Error('expected a click model');
    const { itemVectorsBKD } = clickModel(layer.pretrained, model.inputs, model);
    const { pvBKD } = await runGraph(
      { pvBKD: itemVectorsBKD },
      { feeds: feedsOf(model, alone), parameters: parametersOf(model) },
    );
    for (const [d, value] of rowOf(values.pvBKD, 0).entries()) expect(pvBKD[d]).toBeCloseTo(value, 4);
  });
});
