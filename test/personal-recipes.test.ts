/** Whoever claims to know the user does: histories and known users change logits, unknown ones and padding do not. */
import { describe, expect, it } from 'vitest';
import type { SlateBatch } from '../src/encoding/columns/encoded-slates.ts';
import type { Model } from '../src/models/model.ts';
import { scorers } from '../src/models/scorers.ts';
import { compareSlopes } from '../src/testing/run-graph.ts';
import { type SampleList, sampleBatch, sampleLists } from '../src/testing/sample-lists.ts';
import { feedsOf, noisyModel, parametersOf, sampleConfig, scored } from '../src/testing/sample-model.ts';
import { recipes } from '../src/train/recipes/recipes.ts';

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
