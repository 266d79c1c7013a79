/** Legend: B batch, K slate, D width. */
import type { InputSpec } from '../encoding/columns/encoded-slates.ts';
import type { Layer } from '../nn/parameter.ts';
import type { Rng } from '../random/rng.ts';
import { checkBooleans, checkDefinition, type KeysOf } from '../slate/check-definition.ts';
import { InputError } from '../slate/input-error.ts';
import { checkKindName } from '../slate/kind-name.ts';
import { show } from '../slate/rejected-event.ts';
import { type Dimension, formatShape, type Shape, sameShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Scorer } from './scorer.ts';
import type { ScorerConfig } from './shared/scorer-config.ts';
import type { ScorerInputs } from './shared/scorer-inputs.ts';
import type { ScoreOptions, ScorerOutputs } from './shared/scorer-outputs.ts';

/** A scorer of one's own: what its layers are, and its forward pass. What is left out of the rest is that of a list scorer. */
export interface OwnScorer<L extends Layer>
  extends Partial<Omit<Scorer, 'kind' | 'name' | 'create' | 'score' | 'firstStage'>> {
  readonly name: string;
  /** The layers of a fresh model for inputs of this form; the same rng gives the same values. */
  create(rng: Rng, options: { readonly config: ScorerConfig; readonly spec: InputSpec }): L;
  /** The forward pass. With `rng` it drops at random (training); without, nothing is dropped. */
  score(layer: L, inputs: ScorerInputs, options: ScoreOptions): ScorerOutputs;
  /** The graph of a stage that is trained first, alone; on the id tables unless `firstStageLearns` says what else. */
  firstStage?(layer: L, inputs: ScorerInputs, options: ScoreOptions): ScorerOutputs;
}

const keys: KeysOf<OwnScorer<Layer>> = {
  name: true,
  create: true,
  score: true,
  firstStage: true,
  firstStageLearns: true,
  asksForFirstStage: true,
  seesPosition: true,
  seesCompany: true,
  attends: true,
  learnsSlateLogit: true,
  personal: true,
  readsUser: true,
  idTables: true,
  factorSets: true,
  seesGraph: true,
};
const flags = ['seesCompany', 'attends', 'learnsSlateLogit', 'personal', 'readsUser', 'seesGraph'];

/**
 * A scorer for recipes and stored models to name, brought by `kinds` of the settings; `scorerConformance` of `slatewise/testing` checks it. Throws `InputError` for a name that
 * cannot be one; its forward pass does where an output is missing or of another shape than the contract says.
 */
export function defineScorer<L extends Layer>(own: OwnScorer<L>): Scorer {
  checkDefinition(own, { call: 'defineScorer', word: 'scorer', keys });
  const { name, create, score, firstStage } = own;
  checkKindName('scorer', name);
  for (const part of ['create', 'score'] as const)
    if (typeof own[part] !== 'function')
      throw new InputError(
        `scorer "${name}": expected ${part} to be a function, found ${typeof own[part]}; give one`,
        'invalid-definition',
      );
  for (const part of ['firstStage', 'asksForFirstStage', 'seesPosition', 'idTables'] as const)
    if (own[part] !== undefined && typeof own[part] !== 'function')
      throw new InputError(
        `scorer "${name}": expected ${part} to be a function, found ${typeof own[part]}; give one, or leave it out`,
        'invalid-definition',
      );
  checkBooleans(own, flags, `scorer "${name}"`);
  return {
    seesCompany: true,
    seesPosition: (config) => config.position,
    ...own,
    kind: 'scorer',
    create: (rng, options) => create.call(own, rng, options),
    score: (layer, inputs, options) => checked(name, score.call(own, layer as L, inputs, options)),
    ...(firstStage && {
      firstStage: (layer: Layer, inputs: ScorerInputs, options: ScoreOptions) =>
        checked(name, firstStage.call(own, layer as L, inputs, options)),
    }),
  };
}

function checked(name: string, outputs: ScorerOutputs): ScorerOutputs {
  if (typeof outputs !== 'object' || outputs === null)
    throw new InputError(
      `scorer "${name}": expected score to return its outputs, found ${show(outputs)}; end with head()`,
      'invalid-definition',
    );
  const D: Dimension = outputs.itemVectorsBKD?.shape?.[2] ?? 'D';
  const shapes: Readonly<Partial<Record<keyof ScorerOutputs, Shape>>> = {
    itemVectorsBKD: ['B', 'K', D],
    itemLogitsBK: ['B', 'K'],
    slateLogitB: ['B'],
    utilitiesBK: ['B', 'K'],
    lastClickBD: ['B', D],
    lastClickMaskB: ['B'],
    userBD: ['B', D],
  };
  for (const [output, shape] of Object.entries(shapes) as [keyof ScorerOutputs, Shape][]) {
    const tensor: Tensor | undefined = outputs[output];
    if (!Array.isArray(tensor?.shape) || !sameShape(tensor.shape, shape))
      throw new InputError(
        `scorer "${name}": expected ${output} of shape ${formatShape(shape)}, found ${Array.isArray(tensor?.shape) ? formatShape(tensor.shape) : tensor === undefined ? 'none' : show(tensor)}; reshape it, or end with head()`,
        'invalid-definition',
      );
  }
  return outputs;
}
