/** Whoever claims to know the user does: histories and known users change logits, unknown ones and padding do not. */
import { describe, expect, it } from 'vitest';
import type { SlateBatch } from '../src/encoding/columns/encoded-slates.ts';
import { concat } from '../src/graph/leaves.ts';
import type { Model } from '../src/models/model.ts';
import { createPointerModel, givenSlates, logProbabilities } from '../src/models/pointer.ts';
import { scorers } from '../src/models/scorers.ts';
import { scorerFeeds } from '../src/models/tables/scorer-feeds.ts';
import { modelArrays } from '../src/models/tables/weights.ts';
import { createRng } from '../src/random/rng.ts';
import { compareSlopes, runGraph } from '../src/testing/run-graph.ts';
import { type SampleList, sampleBatch, sampleLists, sampleSpec } from '../src/testing/sample-lists.ts';
import { feedsOf, noisyModel, parametersOf, sampleConfig, scored } from '../src/testing/sample-model.ts';
import { exactKPointer } from '../src/train/pointer/pointer-config.ts';
import { lessonFeeds } from '../src/train/pointer/pointer-lessons.ts';
import { recipes } from '../src/train/recipes/recipes.ts';
import { withNoise } from './random-model.ts';

/** What is no rounding any more. */
const VISIBLE = 1e-3;
const [list] = sampleLists();

const modelOf = (name: string): Model => {
  const { scorer, model } = recipes.named(name).config();
  const { width, heads, feedForward } = sampleConfig;
  return noisyModel(scorers.named(scorer), { ...sampleConfig, ...model, width, heads, feedForward });
};

const claims = recipes.names.filter((name) => {
  const { scorer, model } = recipes.named(name).config();
  return scorers.named(scorer).personal || model.user || model.history;
});
const withUser = claims.filter((name) => {
  const { scorer, model } = recipes.named(name).config();
  return scorers.named(scorer).readsUser || model.user;
});

const logitsOf = async (model: Model, batch: SlateBatch): Promise<Float32Array> =>
  (await scored(model, batch)).logitsBK;
const of = (changes: Partial<SampleList>): SlateBatch => sampleBatch([{ ...list, ...changes }]);
const distance = (a: Float32Array, b: Float32Array): number =>
  Math.max(...a.map((value, at) => Math.abs(value - b[at])));

it('PRM, Exact-K, the graph and the two-stage model are among those that claim to be personal', () => {
  expect(claims).toEqual(expect.arrayContaining(['prm', 'exact-k', 'graph-bce', 'graph-listnet', 'two-stage']));
});

describe.each(claims)('%s', (name) => {
  const model = modelOf(name);

  it('has other logits after another history, and after none', async () => {
    const own = await logitsOf(model, of({}));
    expect(distance(await logitsOf(model, of({ clicked: [5, 0] })), own)).toBeGreaterThan(VISIBLE);
    expect(distance(await logitsOf(model, of({ clicked: [], skipped: [] })), own)).toBeGreaterThan(VISIBLE);
  });

  it('does not see what stands where a history has ended', async () => {
    const batch = of({});
    const other = {
      ...batch,
      clickedIndexBH: batch.clickedIndexBH.slice(),
      skippedIndexBH: batch.skippedIndexBH.slice(),
    };
    for (const [index, mask] of [
      [other.clickedIndexBH, batch.clickedMaskBH],
      [other.skippedIndexBH, batch.skippedMaskBH],
    ] as const)
      for (let h = 0; h < index.length; h++) if (mask[h] === 0) index[h] = 1;
    expect(other.clickedIndexBH).not.toEqual(batch.clickedIndexBH);
    expect(await logitsOf(model, other)).toEqual(await logitsOf(model, batch));
  });
});

it('exact-k-pointer chooses otherwise after another history, and after none', async () => {
  const config = { ...exactKPointer().model, width: 8, heads: 2, feedForward: 8 };
  const spec = { ...sampleSpec, items: { shown: [], clicked: [] } };
  const model = withNoise(createPointerModel(createRng(1), { config, spec }), createRng(2), 0.3);
  const chosenLogBST = concat(logProbabilities(model, givenSlates(2)).chosenLogBST, 2);
  const slates = [Int32Array.of(0, 1), Int32Array.of(2, 0)];
  const logsOf = async (changes: Partial<SampleList>): Promise<Float32Array> => {
    const { graph: _, ...batch } = of(changes);
    const feeds = {
      ...scorerFeeds(batch, model.tables),
      ...lessonFeeds(
        batch,
        [
          {
            slates,
            weights: [
              [1, 1],
              [1, 1],
            ],
          },
        ],
        { size: 2 },
      ),
    };
    const parameters = Object.fromEntries(Object.entries(model.parameters).map(([name, { tensor }]) => [name, tensor]));
    const arrays = modelArrays(model);
    const values = Object.entries(model.parameters).map(([name, { shape }]) => [
      name,
      { data: arrays[name], dims: shape },
    ]);
    const found = await runGraph({ chosenLogBST }, { feeds: { ...feeds, ...Object.fromEntries(values) }, parameters });
    return found.chosenLogBST as Float32Array;
  };
  const own = await logsOf({});
  expect(distance(await logsOf({ clicked: [5, 0] }), own)).toBeGreaterThan(VISIBLE);
  expect(distance(await logsOf({ clicked: [], skipped: [] }), own)).toBeGreaterThan(VISIBLE);
});

it("attention-triplet's anchors are others after another history, and after none", async () => {
  const model = modelOf('attention-triplet');
  const { userBD, lastClickBD } = model.scorer.score(model.layer, model.inputs, model);
  const anchorsOf = async (changes: Partial<SampleList>): Promise<readonly Float32Array[]> => {
    const options = { feeds: feedsOf(model, of(changes)), parameters: parametersOf(model) };
    const found = await runGraph({ userBD, lastClickBD }, options);
    return [found.userBD as Float32Array, found.lastClickBD as Float32Array];
  };
  const own = await anchorsOf({});
  for (const changes of [{ clicked: [5, 0] }, { clicked: [], skipped: [] }])
    for (const [at, anchor] of (await anchorsOf(changes)).entries())
      expect(distance(anchor, own[at])).toBeGreaterThan(VISIBLE);
});

describe.each(withUser)('%s, by its table of users', (name) => {
  const model = modelOf(name);
  const ofUser = (userRow: number): Promise<Float32Array> => logitsOf(model, of({ userRow }));

  it('knows one user from another, and from one that is unknown', async () => {
    const [unknown, one, two] = [await ofUser(0), await ofUser(1), await ofUser(2)];
    expect(distance(one, unknown)).toBeGreaterThan(VISIBLE);
    expect(distance(one, two)).toBeGreaterThan(VISIBLE);
  });

  it('scores an unknown user as one of whom nothing was learned, whose row is zero', async () => {
    const unknown = await ofUser(0);
    const [{ spec, values }] = model.tables.user;
    const learned = values.slice();
    values.fill(0, spec.width, 2 * spec.width);
    expect(await ofUser(1)).toEqual(unknown);
    values.set(learned);
  });

  it('has the gradient of finite differences by the rows of users', async () => {
    const { itemLogitsBK, slateLogitB } = model.scorer.score(model.layer, model.inputs, model);
    const slopes = await compareSlopes(
      itemLogitsBK.mul(itemLogitsBK).total().add(slateLogitB.total()),
      { userEmbeddedBE: model.inputs.userEmbeddedBE },
      {
        feeds: feedsOf(model, sampleBatch(sampleLists())),
        parameters: parametersOf(model),
        elementsOf: (count) => [...Array(count).keys()],
      },
    );
    expect(slopes.some(({ numeric }) => Math.abs(numeric) > VISIBLE)).toBe(true);
    for (const { symbolic, numeric } of slopes) expect(symbolic).toBeCloseTo(numeric, 4);
  });
});
