import { createHash, type Hash } from 'node:crypto';
import type { LossConfig } from '../../losses/loss.ts';
import type { Model } from '../../models/model.ts';
import { modelArrays } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { compileTraining, compileValidation } from '../../train/scorer/training-graph.ts';
import { kindsOf, type OwnKind } from '../kinds.ts';
import type { PreparedLists } from '../prepare.ts';
import { createRecipeModel } from './recipe-model.ts';

/**
 * What the caller's own kinds make of a config and a seed: a digest of the graphs that are trained and judged by, of the values that they start from, and of what a metric says
 * of itself. A run goes on, or is found again, only with the same. Empty where the config names none: the program's own are known by name.
 */
export function ownKindsDigest(
  prepared: PreparedLists,
  learned: Int32Array,
  { config, seed }: { readonly config: TrainingConfig; readonly seed: number },
): readonly string[] {
  const { kinds: own } = prepared.settings;
  const named = own.filter((kind) => namesOf(config).includes(`${kind.kind} ${kind.name}`));
  if (named.length === 0) return [];
  const hash = createHash('sha256');
  for (const kind of named) if (kind.kind === 'metric') hash.update(sourceOf(kind));
  const model = createRecipeModel(prepared, learned, { config, seed });
  for (const array of Object.values(modelArrays(model))) hash.update(array);
  const { losses } = kindsOf(own);
  const add = (of: Model, terms: readonly LossConfig[]): void =>
    addGraphs(hash, of, { config: { ...config, losses: terms }, losses });
  add(model, config.losses);
  const { firstStage: score } = model.scorer;
  if (config.firstStage && score) add({ ...model, scorer: { ...model.scorer, score } }, config.firstStage.losses);
  return [hash.digest('hex').slice(0, 16)];
}

const namesOf = ({ scorer, metric, losses, firstStage }: TrainingConfig): readonly string[] => [
  `scorer ${scorer}`,
  `metric ${metric}`,
  ...[...losses, ...(firstStage?.losses ?? [])].map(({ name }) => `loss ${name}`),
];

/** A function by its text: what it calls is not in it. */
const sourceOf = (kind: OwnKind): string =>
  JSON.stringify(kind, (_, value: unknown) => (typeof value === 'function' ? String(value) : value));

function addGraphs(
  hash: Hash,
  model: Model,
  { config, losses }: Pick<Parameters<typeof compileTraining>[1], 'config' | 'losses'>,
): void {
  const { graph } = compileTraining(model, { config, losses, part: 'all', rng: createRng(0) });
  hash.update(graph.bytes).update(compileValidation(model, { config, losses }).graph.bytes);
}
