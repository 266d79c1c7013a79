/** Legend: B batch, K slate, D width. */
import type { InputSpec } from '../encoding/columns/encoded-slates.ts';
import type { Layer } from '../nn/parameter.ts';
import type { Rng } from '../random/rng.ts';
import { checkDefinition, type DefinitionForm, type KeysOf } from '../slate/check-definition.ts';
import { InputError } from '../slate/input-error.ts';
import { type Answer, guarded, named, type OwnFunction } from '../slate/own-function.ts';
import { isPlainRecord } from '../slate/plain-record.ts';
import { isPromise } from '../slate/promise.ts';
import { show } from '../slate/rejected-event.ts';
import { type Dimension, formatShape, type Shape, sameShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Scorer } from './scorer.ts';
import type { ScorerConfig } from './shared/scorer-config.ts';
import type { ScorerInputs } from './shared/scorer-inputs.ts';
import type { ScoreOptions, ScorerOutputs } from './shared/scorer-outputs.ts';
import { tableGroups } from './tables/embedding-tables.ts';

/** A scorer of one's own: what its layers are, and its forward pass. What is left out of the rest is that of a list scorer. */
export interface OwnScorer<L extends Layer>
  extends Partial<Omit<Scorer, 'kind' | 'name' | 'create' | 'score' | 'firstStage' | 'asksForFirstStage'>> {
  readonly name: string;
  /** The layers of a fresh model for inputs of this form; the same rng gives the same values. */
  create(rng: Rng, options: { readonly config: ScorerConfig; readonly spec: InputSpec }): L;
  /** The forward pass. With `rng` it drops at random (training); without, nothing is dropped. */
  score(layer: L, inputs: ScorerInputs, options: ScoreOptions): ScorerOutputs;
  /** The graph of a stage that is trained first, alone; on the id tables unless `firstStageLearns` says what else. */
  firstStage?(layer: L, inputs: ScorerInputs, options: ScoreOptions): ScorerOutputs;
  /** Whether a config asks for the first stage: then it needs one, else it must have none. Where it is left out, both are right. */
  asksForFirstStage?(config: Pick<ScorerConfig, 'personal'>): boolean;
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
/** What is asked of a definition, and of what is made of one. */
export const scorerForm: DefinitionForm = {
  call: 'defineScorer',
  word: 'scorer',
  keys,
  functions: { create: 'a function that makes the layers', score: 'a function that writes down the forward pass' },
  optional: ['firstStage', 'asksForFirstStage', 'seesPosition', 'idTables'],
  booleans: ['seesCompany', 'attends', 'learnsSlateLogit', 'personal', 'readsUser', 'seesGraph'],
};

/**
 * A scorer for recipes and stored models to name, brought by `kinds` of the settings; `scorerConformance` of `slatewise/testing` checks it. Throws `InputError` for a name that
 * cannot be one; its functions do where they throw or answer something else than the contract says, such as an output of another shape.
 */
export function defineScorer<L extends Layer>(own: OwnScorer<L>): Scorer {
  checkDefinition(own, scorerForm);
  const { name, factorSets, firstStageLearns: learns } = own;
  const expect = (key: string, expected: string, found: unknown): void => {
    throw new InputError(
      `scorer "${name}": ${key}: expected ${expected}, found ${show(found)}; mend the definition`,
      'invalid-definition',
    );
  };
  if (factorSets !== undefined && !(isWhole(factorSets?.factors, 1) && isWhole(factorSets?.folds, 0)))
    expect('factorSets', '{ factors, folds } as whole numbers', factorSets);
  if (learns !== undefined && !isLearned(learns))
    expect('firstStageLearns', `{ parameters, tables }, tables among ${tableGroups.join(', ')}`, learns);
  const part = (part: string): OwnFunction => ({ word: 'scorer', name, part });
  const create = guarded(own.create, { ...part('create'), ...LAYERS });
  const pass = (call: OwnScorer<L>['score'], key: string): Scorer['score'] => {
    const score = guarded(call, { ...part(key), ...OUTPUTS });
    return (layer, inputs, options) => checked(part(key), score.call(own, layer as L, inputs, options));
  };
  const { seesPosition = (config) => config.position, idTables, firstStage, asksForFirstStage } = own;
  return {
    seesCompany: true,
    ...own,
    kind: 'scorer',
    create: (rng, options) => create.call(own, rng, options),
    score: pass(own.score, 'score'),
    seesPosition: guarded(seesPosition, { ...part('seesPosition'), ...A_BOOLEAN }),
    ...(idTables && { idTables: guarded(idTables, { ...part('idTables'), ...TABLES }) }),
    ...(asksForFirstStage && {
      asksForFirstStage: guarded(asksForFirstStage, { ...part('asksForFirstStage'), ...A_BOOLEAN }),
    }),
    ...(firstStage && { firstStage: pass(firstStage, 'firstStage') }),
  } as Scorer;
}

const isWhole = (value: unknown, least: number): boolean => Number.isInteger(value) && (value as number) >= least;

const isLearned = (learns: unknown): boolean =>
  isPlainRecord(learns) &&
  typeof learns.parameters === 'string' &&
  Array.isArray(learns.tables) &&
  learns.tables.every((group) => tableGroups.includes(group));

/** Far more than any model has. */
const DEEPEST = 100;

/** Whether its members can be looked through: no promise or map of layers, no circle. */
const isLayer = (layer: unknown, depth = 0): boolean =>
  depth < DEEPEST &&
  (Array.isArray(layer) || isPlainRecord(layer)) &&
  ('initial' in layer || Object.values(layer).every((member) => isLeaf(member) || isLayer(member, depth + 1)));

/** What no parameter stands in. */
const isLeaf = (member: unknown): boolean =>
  member === null || typeof member !== 'object' ? !isPromise(member) : ArrayBuffer.isView(member);

const LAYERS: Answer = { expected: 'its layers, such as { head: createHead(...) }', fits: (layer) => isLayer(layer) };
const OUTPUTS: Answer = { expected: 'its outputs, as head() does', fits: isPlainRecord };
const A_BOOLEAN: Answer = { expected: 'true or false', fits: (answer) => typeof answer === 'boolean' };
const TABLES: Answer = {
  expected: 'a list of { name, width, of, deviation }, of either "shown" or "clicked" items',
  fits: (tables) => Array.isArray(tables) && tables.every(isTable),
};

function isTable(table: unknown): boolean {
  if (!isPlainRecord(table)) return false;
  const { name, width, of, deviation } = table;
  return (
    typeof name === 'string' && isWhole(width, 1) && (of === 'shown' || of === 'clicked') && Number.isFinite(deviation)
  );
}

function checked(own: OwnFunction, outputs: ScorerOutputs): ScorerOutputs {
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
        `${named(own)}: expected ${own.part} to return ${output} of shape ${formatShape(shape)}, found ${Array.isArray(tensor?.shape) ? formatShape(tensor.shape) : show(tensor)}; reshape it, or end with head()`,
        'invalid-definition',
      );
  }
  return outputs;
}
