import { gradients } from '../../graph/gradients.ts';
import { input } from '../../graph/leaves.ts';
import type { Loss } from '../../losses/loss.ts';
import type { LossInputs } from '../../losses/slate-loss.ts';
import { type WeightedTerm, weightedSum } from '../../losses/weighted-sum.ts';
import type { Model } from '../../models/model.ts';
import { tableGroups, tableInputs } from '../../models/tables/embedding-tables.ts';
import type { Rng } from '../../random/rng.ts';
import { type CompiledGraph, compileGraph } from '../../runtime/compile.ts';
import type { FlatLayout } from '../../runtime/job.ts';
import { compileForward, type ForwardGraph } from '../../scoring/forward-graph.ts';
import type { Registry } from '../../slate/registry.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { TrainingConfig } from '../recipes/training-config.ts';
import { gradientOutputs } from './gradient-outputs.ts';
import { lossTerms } from './losses.ts';
import { hasParameter, hasTables, type TrainedPart } from './trained-part.ts';

/** Forward and backward half as one graph. */
export interface TrainingGraph {
  readonly graph: CompiledGraph;
  /** The parameters that the loss depends on, end to end: only they are trained. */
  readonly layout: FlatLayout;
}

export const totalLossName = 'loss';
export const termName = (term: string): string => `loss.${term}`;

/** The sum of the squares of the loss's gradient on unclicked items. */
export const negativeGradientName = 'negativeGradient';

export interface TrainingGraphOptions {
  readonly config: Pick<TrainingConfig, 'losses'>;
  readonly losses: Registry<Loss>;
  readonly part: TrainedPart;
  /** Dropout sites draw their seeds from it. */
  readonly rng: Rng;
}

/** Outputs: the loss, its terms, the gradient of every embedded input that is trained, and those of all trained parameters as one. Others are written into the graph. */
export function compileTraining(model: Model, { config, losses, part, rng }: TrainingGraphOptions): TrainingGraph {
  const { terms } = termsOf(model, { config, losses, rng });
  const loss = weightedSum(terms);
  const { outputs: slopes, layout } = gradientOutputs(model, loss, {
    tables: tableGroups.filter((group) => hasTables(part, model.scorer, group)).map((group) => tableInputs[group]),
    names: Object.keys(model.parameters).filter((path) => hasParameter(part, model.scorer, path)),
  });
  const outputs: Record<string, Tensor> = { [totalLossName]: loss };
  for (const { name, loss: term } of terms) outputs[termName(name)] = term;
  Object.assign(outputs, slopes);
  const parameters = Object.fromEntries(Object.entries(model.parameters).map(([name, { tensor }]) => [name, tensor]));
  const constants = frozenValues(model, part);
  const graph = compileGraph(outputs, {
    ...{ parameters, constants, flat: layout.entries },
    name: `${model.scorer.name} training`,
  });
  return { graph, layout };
}

/** What a stage before has learned, as the model holds it now. */
const frozenValues = ({ scorer, parameters }: Model, part: TrainedPart): Readonly<Record<string, Float32Array>> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([path, { initial }]) =>
      hasParameter(part, scorer, path) ? [] : [[path, initial]],
    ),
  );

/** The forward graph with the loss terms as further outputs, nothing dropped: training and validation are compared in this mode. */
export function compileValidation(
  model: Model,
  { config, losses }: Omit<TrainingGraphOptions, 'part' | 'rng'>,
): ForwardGraph {
  const { terms, inputs } = termsOf(model, { config, losses });
  const scalars = Object.fromEntries(terms.map(({ name, loss }) => [termName(name), loss]));
  const loss = weightedSum(terms);
  return compileForward(model, {
    ...scalars,
    [totalLossName]: loss,
    [negativeGradientName]: onNegatives(loss, inputs),
  });
}

/**
 * Sum over unclicked items of the squared gradient at the last layer's numbers. The numbers are the logit of a `clicks` head, the
 * two logits of a `joint` one (their squares summed), the utility of a head of choice: between heads it does not compare. It is the click path alone: what the
 * triplet loss says by the items' vectors, or a learned slate logit by itself, is not in it.
 */
function onNegatives(loss: Tensor, { utilitiesBK, clickBK, noClickBK, labelsBK, maskBK }: LossInputs): Tensor {
  const numbers = clickBK && noClickBK ? [clickBK, noClickBK] : [utilitiesBK];
  const squares = gradients(loss, numbers).flatMap((slope) => (slope ? [slope.mul(slope)] : []));
  const negativesBK = maskBK.sub(labelsBK);
  const zero = maskBK.mul(0);
  return squares
    .reduce((sum, square) => sum.add(square), zero)
    .mul(negativesBK)
    .total();
}

function termsOf(
  model: Model,
  {
    config: { losses: configs },
    losses,
    rng,
  }: Pick<TrainingGraphOptions, 'config' | 'losses'> & { readonly rng?: Rng | undefined },
): { readonly terms: readonly WeightedTerm[]; readonly inputs: LossInputs } {
  const { scorer, layer, inputs: fed, config, spec } = model;
  const { itemLogitsBK, itemVectorsBKD, ...outputs } = scorer.score(layer, fed, {
    config,
    spec,
    ...(rng ? { rng } : {}),
  });
  const inputs = {
    ...outputs,
    logitsBK: itemLogitsBK,
    labelsBK: input('labelsBK', ['B', 'K']),
    maskBK: fed.maskBK,
    vectorsBKD: itemVectorsBKD,
  };
  return { terms: lossTerms(configs, inputs, losses), inputs };
}
