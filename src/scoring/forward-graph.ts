import type { Tensor } from '../graph/tensor.ts';
import type { Model, Network } from '../models/model.ts';
import { type CompiledGraph, compileGraph } from '../runtime/compile.ts';
import { createFlatLayout, type FlatLayout } from '../runtime/job.ts';

/** A model's graph without its backward half: what is exported, served and used to evaluate. */
export interface ForwardGraph {
  readonly graph: CompiledGraph;
  readonly layout: FlatLayout;
}

/** `extra` adds outputs, such as the loss terms of a validation pass. */
export function compileForward(model: Model, extra: Readonly<Record<string, Tensor>> = {}): ForwardGraph {
  const { scorer, layer, inputs, config, spec } = model;
  const { itemLogitsBK, slateLogitB } = scorer.score(layer, inputs, { config, spec });
  const parameters = Object.fromEntries(Object.entries(model.parameters).map(([name, { tensor }]) => [name, tensor]));
  const graph = compileGraph({ itemLogitsBK, slateLogitB, ...extra }, { parameters, name: scorer.name });
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
