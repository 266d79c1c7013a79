import type { InputSpec } from '../features/encoded-slates.ts';
import { collectParameters, type Layer, type Parameter } from '../nn/parameter.ts';
import type { Rng } from '../random/rng.ts';
import { attentionScorer } from './attention-scorer.ts';
import { createEmbeddingTable } from './embedding-table.ts';
import { pointwiseScorer } from './pointwise-scorer.ts';
import type { Scorer, ScorerConfig } from './scorer.ts';
import type { EmbeddingTables } from './scorer-feeds.ts';
import { createScorerInputs, type ScorerInputs } from './scorer-inputs.ts';

/** Every scorer by name: what a recipe or a stored model may ask for. */
export const scorers: Readonly<Record<string, Scorer>> = {
  pointwise: pointwiseScorer,
  attention: attentionScorer,
};

/** A scorer with its parameters and tables: everything a forward pass needs. */
export interface Model {
  readonly scorer: Scorer;
  readonly config: ScorerConfig;
  readonly spec: InputSpec;
  readonly layer: Layer;
  readonly inputs: ScorerInputs;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Values live here, one array per parameter; they start as the initial values. */
  readonly tables: EmbeddingTables;
}

export interface ModelOptions {
  readonly scorer: Scorer;
  readonly config: ScorerConfig;
  readonly spec: InputSpec;
}

export function createModel(rng: Rng, { scorer, config, spec }: ModelOptions): Model {
  const layer = scorer.create(rng.split('layers'), { config, spec });
  const tableRng = rng.split('tables');
  const tables = {
    item: spec.itemEmbeddings.map((embedding) =>
      createEmbeddingTable(tableRng.split(`item ${embedding.name}`), embedding),
    ),
    context: spec.contextEmbeddings.map((embedding) =>
      createEmbeddingTable(tableRng.split(`context ${embedding.name}`), embedding),
    ),
  };
  return {
    scorer,
    config,
    spec,
    layer,
    inputs: createScorerInputs(spec),
    parameters: collectParameters(layer),
    tables,
  };
}
