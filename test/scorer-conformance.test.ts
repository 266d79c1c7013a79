/** What every slate scorer promises (src/models/scorer.ts). */
import { beforeAll, describe, expect, it } from 'vitest';
import type { EncodedDataset } from '../src/datasets/walk/encode-dataset.ts';
import type { GraphBatch, KnownItems, SlateBatch } from '../src/encoding/columns/encoded-slates.ts';
import { gradients } from '../src/graph/gradients.ts';
import { createModel, type Model } from '../src/models/model.ts';
import { scorers } from '../src/models/scorers.ts';
import { decodeArrays, encodeArrays } from '../src/models/tables/array-file.ts';
import { scorerFeeds } from '../src/models/tables/scorer-feeds.ts';
import { loadWeights, modelArrays } from '../src/models/tables/weights.ts';
import { createRng } from '../src/random/rng.ts';
import { compileGraph } from '../src/runtime/compile.ts';
import { createSession } from '../src/runtime/session.ts';
import type { RuntimeValue } from '../src/runtime/value.ts';
import { compileForward } from '../src/scoring/forward-graph.ts';
import type { ModelConfig } from '../src/train/recipes/training-config.ts';
import { encodedDrinks, smallConfig } from './encoded-drinks.ts';
import { withNoise } from './random-model.ts';

let encoded: EncodedDataset;
/** Lists of three, two and one item. */
let lists: [number, number, number];
beforeAll(async () => {
  encoded = await encodedDrinks();
  const { offsets } = encoded.slates.columns;
  const late = [...encoded.test];
  const ofLength = (length: number): number =>
    late.find((index) => offsets[index + 1] - offsets[index] === length) as number;
  lists = [ofLength(3), ofLength(2), ofLength(1)];
});

/** Every scorer, and its variants that build another graph. */
const variants: Readonly<Record<string, { readonly scorer: string; readonly model?: Partial<ModelConfig> }>> = {
  ...Object.fromEntries(scorers.names.map((name) => [name, { scorer: name }])),
  'attention, two logits': { scorer: 'attention', model: { head: 'joint' } },
  'attention, partial': { scorer: 'attention', model: { partial: 1 } },
  'attention, history': { scorer: 'attention', model: { history: true } },
  'setrank, induced': { scorer: 'setrank', model: { inducing: 2 } },
  'graph, one layer of GATv2': { scorer: 'graph', model: { graph: { layers: 1, version: 'gatv2' } } },
};

/** A model whose every value is random: a fresh head scores everything alike. */
function randomModel(name: string, position: boolean, seed = 5): Model {
  const { scorer, model: changes } = variants[name];
  const base = smallConfig('attention-bce').model;
  const config = {
    ...base,
    ...changes,
    position,
    positions: 3,
    listLength: 3,
    baseRate: 0.3,
    slateRate: 0.6,
    listRelative: true,
  };
  const model = createModel(createRng(seed), { scorer: scorers.named(scorer), config, spec: encoded.spec });
  return withNoise(model, createRng(seed).split('values'), 0.3);
}

interface Scored {
  readonly logits: Float32Array;
  readonly slate: Float32Array;
}

async function score(model: Model, batch: SlateBatch): Promise<Scored> {
  const { graph, layout } = compileForward(model);
  const session = await createSession(graph);
  const arrays = modelArrays(model);
  const parameters = Object.fromEntries(layout.entries.map(({ name, dims }) => [name, { data: arrays[name], dims }]));
  const values = await session.run({ ...scorerFeeds(batch, model.tables), ...parameters });
  await session.release();
  return { logits: values.itemLogitsBK.data as Float32Array, slate: values.slateLogitB.data as Float32Array };
}

/** With some items of each list not known yet, which most scorers do not care about. */
const batchOf = (...indices: number[]): SlateBatch => ({
  ...encoded.slates.batch(Int32Array.from(indices)),
  restB: Float32Array.from(indices, (index) => 1 + (index % 4)),
});

const near = (actual: ArrayLike<number>, expected: ArrayLike<number>): void => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(actual[i]).toBeCloseTo(expected[i], 4);
};

/** The first list's items in another order; all that belongs to a slot moves along, positions stay. */
function permuted(batch: SlateBatch, order: readonly number[]): SlateBatch {
  const F = batch.slotDenseBKF.length / (batch.B * batch.K);
  const slotDenseBKF = batch.slotDenseBKF.slice();
  const itemIndexBK = batch.itemIndexBK.slice();
  for (const [to, from] of order.entries()) {
    slotDenseBKF.set(batch.slotDenseBKF.subarray(from * F, (from + 1) * F), to * F);
    itemIndexBK[to] = batch.itemIndexBK[from];
  }
  return { ...batch, slotDenseBKF, itemIndexBK, ...(batch.graph ? { graph: permutedGraph(batch.graph, order) } : {}) };
}

function permutedGraph(graph: GraphBatch, order: readonly number[]): GraphBatch {
  const F = encoded.spec.graph?.fanOut ?? 0;
  const moved = <A extends Int32Array | Float32Array>(values: A): A => {
    const result = values.slice() as A;
    for (const [to, from] of order.entries()) result.set(values.subarray(from * F, (from + 1) * F), to * F);
    return result;
  };
  const { neighbourIndexBKF, neighbourMaskBKF } = graph;
  return { ...graph, neighbourIndexBKF: moved(neighbourIndexBKF), neighbourMaskBKF: moved(neighbourMaskBKF) };
}

describe.each(Object.keys(variants))('%s', (name) => {
  it('a batch of one equals that row of a larger batch: padding changes nothing', async () => {
    const model = randomModel(name, true);
    const together = await score(model, batchOf(...lists));
    for (const [row, index] of lists.entries()) {
      const alone = await score(model, batchOf(index));
      near(together.logits.subarray(3 * row, 3 * row + alone.logits.length), alone.logits);
      expect(together.slate[row]).toBeCloseTo(alone.slate[0], 4);
      expect(
        [...together.logits.subarray(3 * row + alone.logits.length, 3 * row + 3)].every((logit) => logit === 0),
      ).toBe(true);
    }
  });

  it('permuting the slate permutes the logits where position is no feature', async () => {
    const order = [2, 0, 1];
    const batch = batchOf(lists[0]);
    for (const position of [false, true]) {
      const model = randomModel(name, position);
      const sees = model.scorer.seesPosition(model.config);
      if (position) expect(sees).toBe(true);
      const { logits } = await score(model, batch);
      const { logits: after } = await score(model, permuted(batch, order));
      const expected = order.map((from) => logits[from]);
      if (sees) expect(Math.max(...expected.map((logit, k) => Math.abs(logit - after[k])))).toBeGreaterThan(1e-3);
      else near(after, expected);
    }
  });

  it('sees the company, or does not, as it says', async () => {
    const model = randomModel(name, false);
    const batch = batchOf(lists[0]);
    const { logits } = await score(model, batch);
    // Another item in the last place, and the first item's list-relative features as they would be there.
    const F = encoded.spec.slotDense.length;
    const slotDenseBKF = batch.slotDenseBKF.slice();
    for (const column of encoded.spec.listRelative) slotDenseBKF[encoded.spec.slotDense.indexOf(column)] += 1;
    slotDenseBKF.fill(1, 2 * F, 3 * F);
    const itemIndexBK = batch.itemIndexBK.with(2, batch.itemIndexBK[0]);
    const { logits: after } = await score(model, { ...batch, slotDenseBKF, itemIndexBK });
    if (model.scorer.seesCompany) expect(Math.abs(after[0] - logits[0])).toBeGreaterThan(1e-3);
    else expect(after[0]).toBeCloseTo(logits[0], 5);
  });

  it('knows of items not there yet where it learned from partial slates, and of none where a batch says nothing', async () => {
    const model = randomModel(name, true);
    const { restB: _, ...silent } = batchOf(lists[0]);
    const logitsWith = async (rest: number): Promise<Float32Array> =>
      (await score(model, { ...silent, restB: Float32Array.of(rest) })).logits;
    const [none, three] = [await logitsWith(0), await logitsWith(3)];
    expect((await score(model, silent)).logits).toEqual(none);
    if (model.config.partial > 0) expect(Math.abs(three[0] - none[0])).toBeGreaterThan(1e-3);
    else expect(three).toEqual(none);
  });

  it('scores pages longer than any it has learned from: later places count as the last', async () => {
    const model = randomModel(name, true);
    const batch = batchOf(lists[0]);
    const { logits } = await score(model, { ...batch, positionBK: Int32Array.of(0, 2, 9) });
    expect(logits.every(Number.isFinite)).toBe(true);
    const { logits: last } = await score(model, { ...batch, positionBK: Int32Array.of(0, 2, 2) });
    // Two items at one place are not above each other, which the two-stage model sees.
    if (name !== 'two-stage') near(logits, last);
  });

  it('slate logit is that of at least one click, or learned', async () => {
    const model = randomModel(name, true);
    const { logits, slate } = await score(model, batchOf(...lists));
    expect(slate.every(Number.isFinite)).toBe(true);
    if (model.scorer.learnsSlateLogit) return;
    for (const [row, length] of [3, 2, 1].entries()) {
      const miss = [...logits.subarray(3 * row, 3 * row + length)].reduce(
        (product, z) => product / (1 + Math.exp(z)),
        1,
      );
      expect(slate[row]).toBeCloseTo(Math.log((1 - miss) / miss), 3);
    }
  });

  it('saved and loaded it gives identical logits', async () => {
    const model = randomModel(name, true);
    const fresh = createModel(createRng(99), { scorer: model.scorer, config: model.config, spec: model.spec });
    loadWeights(fresh, decodeArrays(encodeArrays({}, modelArrays(model))).arrays);
    const batch = batchOf(...lists);
    expect((await score(fresh, batch)).logits).toEqual((await score(model, batch)).logits);
    expect(() => loadWeights(fresh, {})).toThrow(/must hold/);
  });

  it('gradients agree with finite differences in float64', async () => {
    const model = randomModel(name, true);
    const { itemLogitsBK, itemVectorsBKD } = model.scorer.score(model.layer, model.inputs, {
      config: model.config,
      spec: model.spec,
    });
    const loss = itemLogitsBK.mul(itemLogitsBK).total().add(itemVectorsBKD.total().mul(0.1));
    const names = Object.keys(model.parameters);
    const slopes = gradients(
      loss,
      names.map((each) => model.parameters[each].tensor),
    );
    const outputs = Object.fromEntries(slopes.flatMap((slope, at) => (slope ? [[`slope:${names[at]}`, slope]] : [])));
    const parameters = Object.fromEntries(names.map((each) => [each, model.parameters[each].tensor]));
    const session = await createSession(compileGraph({ loss, ...outputs }, { parameters, float: 'float64' }));
    const wide = ({ data, dims }: RuntimeValue): RuntimeValue =>
      data instanceof Float32Array ? { data: Float64Array.from(data), dims } : { data, dims };
    const feeds: Record<string, RuntimeValue> = {};
    for (const [each, value] of Object.entries(scorerFeeds(batchOf(...lists), model.tables))) feeds[each] = wide(value);
    for (const each of names)
      feeds[each] = wide({ data: model.parameters[each].initial, dims: model.parameters[each].shape });
    const values = await session.run(feeds);
    for (const each of Object.keys(outputs).map((key) => key.slice('slope:'.length))) {
      const data = feeds[each].data as Float64Array;
      const at = data.length >> 1;
      const lossAt = async (shift: number): Promise<number> => {
        data[at] += shift;
        const { loss: value } = await session.run(feeds);
        data[at] -= shift;
        return Number(value.data[0]);
      };
      const numeric = ((await lossAt(1e-5)) - (await lossAt(-1e-5))) / 2e-5;
      expect(Number(values[`slope:${each}`].data[at]), each).toBeCloseTo(numeric, 4);
    }
    await session.release();
  });
});

it("exact-k: a fresh model says of every card the training part's share of clicked lists", async () => {
  const { config, spec } = randomModel('exact-k', true);
  for (const slateRate of [0.2, 0.9]) {
    const fresh = createModel(createRng(3), {
      scorer: scorers.named('exact-k'),
      config: { ...config, slateRate },
      spec,
    });
    const { slate } = await score(fresh, batchOf(...lists));
    for (const logit of slate) expect(1 / (1 + Math.exp(-logit))).toBeCloseTo(slateRate, 6);
  }
});

it('two-stage: a click on an item that training never saw clicked changes no score', async () => {
  const { config: withHistory, spec } = randomModel('two-stage', true);
  // The encoder's own history knows items by their fields: a new one has a say there.
  const config = { ...withHistory, history: false };
  const batch = batchOf(lists[0]);
  expect(new Set(batch.itemU).size).toBe(3);
  const [learned, other, cold] = batch.itemU;
  const items = { shown: [learned, other].sort((a, b) => a - b), clicked: [learned, other].sort((a, b) => a - b) };
  const after = async (known: KnownItems, ...clicks: number[]): Promise<Float32Array> => {
    const model = createModel(createRng(3), {
      scorer: scorers.named('two-stage'),
      config,
      spec: { ...spec, items: known },
    });
    const rng = createRng(4);
    // Row 0 of the tables stays as it was made.
    for (const [name, array] of Object.entries(modelArrays(model)))
      for (let i = name.startsWith('table.id.') ? 17 : 0; i < array.length; i++) array[i] += 0.5 * rng.normal();
    const at = clicks.map((item) => batch.itemU.indexOf(item));
    const clickedIndexBH = Int32Array.from({ length: spec.historyLength }, (_, h) => at[h] ?? 0);
    const clickedMaskBH = Float32Array.from({ length: spec.historyLength }, (_, h) => (h < at.length ? 1 : 0));
    return (await score(model, { ...batch, clickedIndexBH, clickedMaskBH })).logits;
  };
  expect(await after(items, learned, cold)).toEqual(await after(items, learned));
  expect(await after(items, cold)).toEqual(await after(items));
  expect(await after(items, learned, other)).not.toEqual(await after(items, learned));
  // Shown in training, never clicked there: as cold as one that was not shown.
  const unclicked = { ...items, clicked: [learned] };
  expect(await after(unclicked, learned, other)).toEqual(await after(unclicked, learned));
});
