import { describe, expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import { compileGraph } from '../../runtime/compile.ts';
import { sampleBatch, sampleLists } from '../../testing/sample-lists.ts';
import { noisyModel, parametersOf, sampleConfig, scored } from '../../testing/sample-model.ts';
import type { Model } from '../model.ts';
import { dlcmScorer } from './dlcm-scorer.ts';

const UNITS = 2;
const D = sampleConfig.width;
const published = { ...sampleConfig, publishedBlocks: true, heads: UNITS };
const [list] = sampleLists();
const batch = sampleBatch([list]);

const modelOf = (config: typeof published): Model => noisyModel(dlcmScorer, config);
const logitsOf = async (model: Model): Promise<readonly number[]> => [...(await scored(model, batch)).logitsBK];
const valuesOf = (model: Model, name: string): Float32Array => model.parameters[name].initial as Float32Array;

/** o_i, read off the logits: without W, one unit alone, whose b is large for one number and zero for the others. */
async function statesOf(): Promise<readonly (readonly number[])[]> {
  const columns: (readonly number[])[] = [];
  for (let d = 0; d < D; d++) {
    const model = modelOf(published);
    valuesOf(model, 'context.weight').fill(0);
    valuesOf(model, 'context.bias').fill(0)[d] = 20;
    valuesOf(model, 'units.weight').fill(0)[0] = 1;
    valuesOf(model, 'units.bias').fill(0);
    columns.push(await logitsOf(model));
  }
  return columns[0].map((_, k) => columns.map((column) => column[k]));
}

describe('as published', () => {
  it("is the paper's sum over units of V_u (o_i . tanh(W_u s + b_u)), s the state after the first item", async () => {
    const model = modelOf(published);
    const statesKD = await statesOf();
    const [weight, bias] = [valuesOf(model, 'context.weight'), valuesOf(model, 'context.bias')];
    const [v, c] = [valuesOf(model, 'units.weight'), valuesOf(model, 'units.bias')];
    const [lastReadD] = statesKD;
    const contextUD = Array.from({ length: UNITS }, (_, u) =>
      Array.from({ length: D }, (_, d) =>
        Math.tanh(lastReadD.reduce((sum, s, e) => sum + s * weight[e * UNITS * D + u * D + d], 0) + bias[u * D + d]),
      ),
    );
    const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
    const expected = statesKD.map((o) => contextUD.reduce((sum, t, u) => sum + v[u] * dot(o, t), c[0]));
    const found = await logitsOf(model);
    expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(1e-2);
    for (const [k, logit] of found.entries()) expect(logit).toBeCloseTo(expected[k], 4);
  });

  it('hears of an item through its state alone, where the default adds its own vector', async () => {
    const spread = async (config: typeof published): Promise<number> => {
      const model = modelOf(config);
      valuesOf(model, 'context.weight').fill(0);
      valuesOf(model, 'context.bias').fill(0);
      const logits = await logitsOf(model);
      return Math.max(...logits) - Math.min(...logits);
    };
    expect(await spread(published)).toBeLessThan(1e-6);
    expect(await spread({ ...published, publishedBlocks: false })).toBeGreaterThan(1e-2);
  });

  it('drops nothing of the recurrence', () => {
    const masks = (publishedBlocks: boolean): number => {
      const model = modelOf({ ...published, publishedBlocks, inputDropout: 0 });
      const { itemLogitsBK } = dlcmScorer.score(model.layer, model.inputs, { ...model, rng: createRng(1) });
      return compileGraph({ itemLogitsBK }, { parameters: parametersOf(model), name: 'drops' }).dropoutMasks.length;
    };
    expect(masks(false) - masks(true)).toBe(1);
  });
});
