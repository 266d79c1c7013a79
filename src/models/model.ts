import type { InputSpec } from '../encoding/columns/encoded-slates.ts';
import { collectParameters, type Layer, type Parameter } from '../nn/parameter.ts';
import type { Rng } from '../random/rng.ts';
import type { Scorer } from './scorer.ts';
import type { ScorerConfig } from './shared/scorer-config.ts';
import { createScorerInputs, type ScorerInputs } from './shared/scorer-inputs.ts';
import { createEmbeddingTables, type EmbeddingTables } from './tables/embedding-tables.ts';

/** What is learned of a network, whatever it is for, and what it reads. */
export interface Network {
  readonly spec: InputSpec;
  readonly inputs: ScorerInputs;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Values live here, one array per parameter; they start as the initial values. */
  readonly tables: EmbeddingTables;
}

/** A scorer with its parameters and tables: everything a forward pass needs. */
export interface Model extends Network {
  readonly scorer: Scorer;
  readonly config: ScorerConfig;
  readonly layer: Layer;
}

export interface ModelOptions {
  readonly scorer: Scorer;
  readonly config: ScorerConfig;
  readonly spec: InputSpec;
}

export function createModel(rng: Rng, { scorer, config, spec }: ModelOptions): Model {
  const layer = scorer.create(rng.split('layers'), { config, spec });
  const idTables = scorer.idTables?.(config) ?? [];
  return {
    scorer,
    config,
    spec,
    layer,
    inputs: createScorerInputs(spec, idTables),
    parameters: collectParameters(layer),
    tables: createEmbeddingTables(rng.split('tables'), spec, idTables),
  };
}
