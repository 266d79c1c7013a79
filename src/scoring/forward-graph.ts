import type { Model, Network } from '../models/model.ts';
import { modelArrays } from '../models/tables/weights.ts';
import { type CompiledGraph, type CompileOptions, compileGraph, lowerGraph } from '../runtime/compile.ts';
import { createFlatLayout, type FlatLayout } from '../runtime/job.ts';
import type { OnnxModel } from '../runtime/onnx-model.ts';
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
  const graph = compileGraph({ ...logitsOf(model), ...extra }, compileOptions(model, options));
  return { graph, layout: parameterLayout(model, graph) };
}

/** The same with the model's values, as nodes and constants that others are added to. */
export const lowerForward = (model: Model): OnnxModel =>
  lowerGraph(logitsOf(model), compileOptions(model, { constants: true })).model;

function logitsOf({ scorer, layer, inputs, config, spec }: Model): Readonly<Record<string, Tensor>> {
  const { itemLogitsBK, slateLogitB } = scorer.score(layer, inputs, { config, spec });
  return { itemLogitsBK, slateLogitB };
}

const compileOptions = (model: Model, { constants = false }: ForwardOptions): CompileOptions => ({
  parameters: Object.fromEntries(Object.entries(model.parameters).map(([name, { tensor }]) => [name, tensor])),
  constants: constants ? modelArrays(model) : {},
  name: model.scorer.name,
});

/** The parameters that a graph really reads, end to end. */
export function parameterLayout(model: Network, graph: CompiledGraph): FlatLayout {
  const read = new Set(graph.inputs.map(({ name }) => name));
  const shapes = Object.entries(model.parameters)
    .filter(([name]) => read.has(name))
    .map(([name, { shape }]) => [name, shape]);
  return createFlatLayout(Object.fromEntries(shapes));
}
