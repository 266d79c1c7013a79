import type { Model, Network } from '../models/model.ts';
import { modelArrays } from '../models/tables/weights.ts';
import { type CompiledGraph, compileGraph } from '../runtime/compile.ts';
import { createFlatLayout, type FlatLayout } from '../runtime/job.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** A model's graph without its backward half: what is exported, served and used to evaluate. */
export interface ForwardGraph {
  readonly graph: CompiledGraph;
  readonly layout: FlatLayout;
}

export interface ForwardOptions {
  /** Writes the model's present values into the graph, which then is fed none: faster to run, of no use while they still change. */
  readonly constants?: boolean;
}

/** `extra` adds outputs, such as the loss terms of a validation pass. */
export function compileForward(
  model: Model,
  extra: Readonly<Record<string, Tensor>> = {},
  options: ForwardOptions = {},
): ForwardGraph {
  const { scorer, layer, inputs, config, spec } = model;
  const { itemLogitsBK, slateLogitB } = scorer.score(layer, inputs, { config, spec });
  const parameters = Object.fromEntries(Object.entries(model.parameters).map(([name, { tensor }]) => [name, tensor]));
  const constants = options.constants ? modelArrays(model) : {};
  const graph = compileGraph({ itemLogitsBK, slateLogitB, ...extra }, { parameters, constants, name: scorer.name });
  return { graph, layout: parameterLayout(model, graph) };
}

/** The parameters that a graph really reads, end to end. */
export function parameterLayout(model: Network, graph: CompiledGraph): FlatLayout {
  const read = new Set(graph.inputs.map(({ name }) => name));
  const shapes = Object.entries(model.parameters)
    .filter(([name]) => read.has(name))
    .map(([name, { shape }]) => [name, shape]);
  return createFlatLayout(Object.fromEntries(shapes));
}
