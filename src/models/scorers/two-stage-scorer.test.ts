/** Legend: E factors, C columns of a set. */
import { Matrix, solve } from 'ml-matrix';
import { expect, it } from 'vitest';
import type { KnownItems } from '../../encoding/columns/encoded-slates.ts';
import { createRng } from '../../random/rng.ts';
import { runGraph } from '../../testing/run-graph.ts';
import { type SampleList, sampleBatch, sampleLists, sampleSpec } from '../../testing/sample-lists.ts';
import { feedsOf, parametersOf, sampleConfig, scored } from '../../testing/sample-model.ts';
import { createModel, type Model } from '../model.ts';
import { modelArrays } from '../tables/weights.ts';
import { twoStageScorer } from './two-stage-scorer.ts';

const [C, SETS] = [10, 6];

/** Everything random but row 0 of the table, which stays as it was made. */
function noisy(items: KnownItems): Model {
  // The encoder's own views of the history know items by their fields: a new one has a say there.
  const config = { ...sampleConfig, history: false, user: false };
  const model = createModel(createRng(3), {
    scorer: twoStageScorer,
    config,
    spec: { ...sampleSpec, graph: undefined, items },
  });
  const rng = createRng(4);
  for (const [name, array] of Object.entries(modelArrays(model)))
    for (let i = name.startsWith('table.id.') ? C * SETS : 0; i < array.length; i++) array[i] += 0.5 * rng.normal();
  return model;
}

it('clicks and skips of an item that training never saw change no score', async () => {
  const [list] = sampleLists();
  const [learned, other, cold] = list.slots.map(({ row }) => row);
  const model = noisy({ shown: [learned, other], clicked: [] });
  const after = async (clicked: number[], skipped: number[] = []): Promise<Float32Array> =>
    (await scored(model, sampleBatch([{ ...list, clicked, skipped }]))).logitsBK;
  expect(await after([learned, cold])).toEqual(await after([learned]));
  expect(await after([], [cold])).toEqual(await after([]));
  expect(await after([learned, other])).not.toEqual(await after([learned]));
  expect(await after([learned], [other])).not.toEqual(await after([learned]));
});

/** The first stage's scores of each list, with the factors of these folds. */
async function stageOne(model: Model, lists: readonly SampleList[], foldB: readonly number[]): Promise<Float32Array> {
  const { scorer, layer, inputs } = model;
  const itemLogitsBK = scorer.firstStage?.(layer, inputs, model).itemLogitsBK;
  if (!itemLogitsBK) throw new Error('no first stage');
  const batch = { ...sampleBatch(lists), foldB: Float32Array.from(foldB) };
  const options = { feeds: feedsOf(model, batch), parameters: parametersOf(model) };
  return (await runGraph({ itemLogitsBK }, options)).itemLogitsBK as Float32Array;
}

/** The same from the dense normal equations. */
function expectedScores(model: Model, list: SampleList, fold: number): readonly number[] {
  const { idRows, id } = model.tables;
  const rowOf = (item: number): Float32Array => {
    const at = ((idRows[0].get(item) ?? 0) * SETS + fold) * C;
    return id[0].values.subarray(at, at + C);
  };
  const base = Math.log(0.3 / 0.7);
  const history = [...list.clicked.map((item) => [item, 1]), ...list.skipped.map((item) => [item, 0])];
  const left = Matrix.eye(C - 1);
  const right = Matrix.zeros(C - 1, 1);
  for (const [item, clicked] of history) {
    const row = rowOf(item);
    const rate = 1 / (1 + Math.exp(-base - row[C - 1]));
    const q = Matrix.columnVector([...row.subarray(0, C - 1)]);
    left.add(q.mmul(q.transpose()).mul(rate * (1 - rate)));
    right.add(Matrix.mul(q, clicked - rate));
  }
  const user = solve(left, right).to1DArray();
  return list.slots.map(({ row: item }) => rowOf(item).reduce((sum, value, c) => sum + value * (user[c] ?? 1), base));
}

it('solves for the user in the graph, with the factors of the fold, as the dense normal equations do', async () => {
  const lists = sampleLists();
  const model = noisy(sampleSpec.items);
  for (const folds of [
    [0, 0, 0],
    [1, 5, 3],
  ]) {
    const found = await stageOne(model, lists, folds);
    const expected = lists.map((list, b) => expectedScores(model, list, folds[b]));
    for (const [b, scores] of expected.entries())
      for (const [k, score] of scores.entries()) expect(found[b * 3 + k]).toBeCloseTo(score, 4);
  }
});

it('an item that nothing is known of, before a user without history, has the base rate', async () => {
  const [, , nobody] = sampleLists();
  const [logit] = await stageOne(noisy({ shown: [0], clicked: [] }), [nobody], [0]);
  expect(logit).toBeCloseTo(Math.log(0.3 / 0.7), 6);
});
