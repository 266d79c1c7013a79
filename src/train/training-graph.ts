import { gradients } from '../graph/gradients.ts';
import { input } from '../graph/leaves.ts';
import type { Tensor } from '../graph/tensor.ts';
import { type WeightedTerm, weightedSum } from '../losses/weighted-sum.ts';
import type { Model } from '../models/model.ts';
import type { Rng } from '../random/rng.ts';
import { type CompiledGraph, compileGraph } from '../runtime/compile.ts';
import { createFlatLayout, type FlatLayout, gradientName } from '../runtime/job.ts';
import { compileForward, type ForwardGraph } from '../scoring/forward-graph.ts';
import { lossTerms } from './losses.ts';
import type { LossConfig } from './recipe.ts';

/** Forward and backward half as one graph. */
export interface TrainingGraph {
  readonly graph: CompiledGraph;
  /** The parameters that the loss depends on, end to end: only they are trained. */
  readonly layout: FlatLayout;
}

/** The fed vectors whose gradients come back to the host, where their tables live. */
export const embeddedInputs = ['itemEmbeddedUE', 'contextEmbeddedBE'] as const;

export const totalLossName = 'loss';
export const termName = (term: string): string => `loss.${term}`;

/** Outputs: the loss, its terms, and the gradient of every parameter and embedded input. Dropout sites draw their seeds from `rng`. */
export function compileTraining(model: Model, losses: readonly LossConfig[], rng: Rng): TrainingGraph {
  const terms = termsOf(model, losses, rng);
  const loss = weightedSum(terms);
  const embedded = embeddedInputs.filter((name) => model.inputs[name] !== undefined);
  const names = Object.keys(model.parameters);
  // Embedded inputs come first: ONNX Runtime starts with what ends in the last output, and theirs end in the whole backward chain. Were it run first, every
  // weight's gradient would find its factors gone from the cache.
  const wanted = [
    ...embedded.map((name) => model.inputs[name] as Tensor),
    ...names.map((name) => model.parameters[name].tensor),
  ];
  const outputs: Record<string, Tensor> = { [totalLossName]: loss };
  for (const { name, loss: term } of terms) outputs[termName(name)] = term;
  const trained: Record<string, readonly number[]> = {};
  for (const [index, gradient] of gradients(loss, wanted).entries()) {
    if (!gradient) continue;
    const name = [...embedded, ...names][index];
    outputs[gradientName(name)] = gradient;
    if (index >= embedded.length) trained[name] = model.parameters[name].shape;
  }
  const parameters = Object.fromEntries(names.map((name) => [name, model.parameters[name].tensor]));
  const graph = compileGraph(outputs, { parameters, name: `${model.scorer.name} training` });
  return { graph, layout: createFlatLayout(trained) };
}

/** The forward graph with the loss terms as further outputs, nothing dropped: training and validation are compared in this mode. */
export function compileValidation(model: Model, losses: readonly LossConfig[]): ForwardGraph {
  const terms = termsOf(model, losses);
  const scalars = Object.fromEntries(terms.map(({ name, loss }) => [termName(name), loss]));
  return compileForward(model, { ...scalars, [totalLossName]: weightedSum(terms) });
}

function termsOf(model: Model, losses: readonly LossConfig[], rng?: Rng): readonly WeightedTerm[] {
  const { scorer, layer, inputs, config, spec } = model;
  const outputs = scorer.score(layer, inputs, { config, spec, ...(rng ? { rng } : {}) });
  return lossTerms(losses, {
    logitsBK: outputs.itemLogitsBK,
    labelsBK: input('labelsBK', ['B', 'K']),
    maskBK: inputs.maskBK,
    vectorsBKD: outputs.itemVectorsBKD,
    lastClickBD: outputs.lastClickBD,
    lastClickMaskB: outputs.lastClickMaskB,
    userBD: outputs.userBD,
  });
}
