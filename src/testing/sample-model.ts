import type { SlateBatch } from '../encoding/columns/encoded-slates.ts';
import { createModel, type Model } from '../models/model.ts';
import type { Scorer } from '../models/scorer.ts';
import type { ScorerConfig } from '../models/shared/scorer-config.ts';
import { scorerFeeds } from '../models/tables/scorer-feeds.ts';
import { modelArrays } from '../models/tables/weights.ts';
import { createRng } from '../random/rng.ts';
import type { RuntimeValues } from '../runtime/value.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { runGraph } from './run-graph.ts';
import { sampleSpec } from './sample-lists.ts';

/** Small, and all that a scorer may use switched on. */
export const sampleConfig: ScorerConfig = {
  width: 8,
  blocks: 2,
  heads: 2,
  feedForward: 16,
  dropout: 0.1,
  inputDropout: 0.1,
  position: true,
  positions: 3,
  listLength: 3,
  history: true,
  user: true,
  personal: 'joint',
  listRelative: true,
  itemNorm: false,
  knots: {
    item: [
      [-1, 0, 2],
      [0, 0, 1],
    ],
    slot: [
      [-2, 0, 1],
      [-1, 0, 1],
      [-1, 1, 2],
    ],
    context: [[-1, 0, 3]],
  },
  head: 'clicks',
  inducing: 0,
  publishedBlocks: false,
  graph: { layers: 2, version: 'gat', activation: 'none', attentionDropout: 0, redrawFrom: 0 },
  partial: 0,
  baseRate: 0.3,
  slateRate: 0.6,
};

/** A fresh model of a scorer. */
export const freshModel = (scorer: Scorer, config: ScorerConfig, seed = 5): Model =>
  createModel(createRng(seed), {
    scorer,
    config,
    spec: {
      ...sampleSpec,
      graph: scorer.seesGraph ? sampleSpec.graph : undefined,
      items: scorer.idTables ? sampleSpec.items : { shown: [], clicked: [] },
    },
  });

/** A model whose every value is random: a fresh head scores everything alike. */
export function noisyModel(scorer: Scorer, config: ScorerConfig): Model {
  const model = freshModel(scorer, config);
  const rng = createRng('noise of a scorer');
  for (const array of Object.values(modelArrays(model)))
    for (let i = 0; i < array.length; i++) array[i] += 0.3 * rng.normal();
  return model;
}

export const parametersOf = (model: Model): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(Object.entries(model.parameters).map(([name, { tensor }]) => [name, tensor]));

/** The batch and the model's values, as its graph reads them. */
export function feedsOf(model: Model, batch: SlateBatch): RuntimeValues {
  const { graph, ...rest } = batch;
  const seen = model.spec.graph && graph ? batch : rest;
  const values = Object.entries(model.parameters).map(([name, { initial, shape }]) => [
    name,
    { data: initial, dims: shape },
  ]);
  return { ...scorerFeeds(seen, model.tables), ...Object.fromEntries(values) };
}

export interface Scored {
  readonly logitsBK: Float32Array;
  readonly slateLogitB: Float32Array;
}

export async function scored(model: Model, batch: SlateBatch): Promise<Scored> {
  const { itemLogitsBK, slateLogitB } = model.scorer.score(model.layer, model.inputs, model);
  const values = await runGraph(
    { itemLogitsBK, slateLogitB },
    { feeds: feedsOf(model, batch), parameters: parametersOf(model) },
  );
  return { logitsBK: values.itemLogitsBK as Float32Array, slateLogitB: values.slateLogitB as Float32Array };
}
