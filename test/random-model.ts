import type { EncodedDataset } from '../src/datasets/walk/encode-dataset.ts';
import { createSlateEncoder } from '../src/encoding/columns/slate-encoder.ts';
import { createModel, type Network } from '../src/models/model.ts';
import { scorers } from '../src/models/scorers.ts';
import { modelArrays } from '../src/models/tables/weights.ts';
import { createRng, type Rng } from '../src/random/rng.ts';
import type { ModelCard, StoredModel } from '../src/scoring/model-folder.ts';
import type { ModelConfig } from '../src/train/recipes/training-config.ts';
import { smallConfig } from './encoded-drinks.ts';

export interface RandomModelOptions {
  readonly scorer?: string;
  readonly seed?: number;
  /** K of the longest list. */
  readonly listLength?: number;
  readonly config?: Partial<ModelConfig>;
  readonly card?: Partial<ModelCard>;
}

/** A small model whose every value is random, ready to serve with the memory of the whole log. */
export function randomStoredModel(
  { features, memory, spec }: EncodedDataset,
  { scorer = 'attention', seed = 2, listLength = 10, config, card }: RandomModelOptions = {},
): StoredModel {
  const model = createModel(createRng(seed), {
    scorer: scorers.named(scorer),
    config: {
      ...smallConfig('attention-bce').model,
      positions: listLength,
      listLength,
      baseRate: 0.3,
      slateRate: 0.6,
      ...config,
    },
    spec: { ...spec, graph: scorers.named(scorer).seesGraph ? spec.graph : undefined },
  });
  const plain = { recipe: scorer, seed: 1, threshold: 0, knownUntil: 0, config: {}, protocol: {}, version: '0' };
  const encoder = createSlateEncoder(features);
  return {
    model: withNoise(model, createRng(seed + 1)),
    calibration: { form: 'none' },
    // The list's logit is the graph's own.
    listHead: { form: 'calibrated', intercept: 0, slope: 1 },
    features,
    encoder,
    memory,
    card: { ...plain, ...card },
  };
}

/** Normal noise on every value, in place: a fresh head scores everything alike. */
export function withNoise<M extends Network>(model: M, rng: Rng, deviation = 0.2): M {
  for (const array of Object.values(modelArrays(model)))
    for (let i = 0; i < array.length; i++) array[i] += deviation * rng.normal();
  return model;
}
