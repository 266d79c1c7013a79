/** Legend: B requests, N candidates (K in the names of extents), S decodings of a request, R = B * S, D width. */
import { input } from '../../graph/leaves.ts';
import { decodePlace, encodeCandidates, type PointerModel } from '../../models/pointer.ts';
import { modelArrays } from '../../models/tables/weights.ts';
import { compileGraph } from '../../runtime/compile.ts';
import { type ForwardGraph, type ForwardOptions, parameterLayout } from '../../scoring/forward-graph.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Candidates to vectors, once a request. Outputs: `vectorsBND`, `glimpseReferencesBND`, `pointerReferencesBND`, `firstBD`. */
export function compilePointerEncoder(model: PointerModel, options: ForwardOptions = {}): ForwardGraph {
  return compileFor(model, { name: 'pointer encoder', outputs: { ...encodeCandidates(model) }, ...options });
}

/** One place of S decodings of each request. Inputs: the references, `lastBSD`, `leftBSN` and the state; outputs: `logitsBSN` and what is new of the next state. */
export function compilePointerStep(model: PointerModel, options: ForwardOptions = {}): ForwardGraph {
  const D = model.config.width;
  const { logitsBSN, state } = decodePlace(model, {
    references: {
      glimpseReferencesBND: input('glimpseReferencesBND', ['B', 'K', D]),
      pointerReferencesBND: input('pointerReferencesBND', ['B', 'K', D]),
    },
    state: {
      hiddenRD: input('hiddenRD', ['B*S', D]),
      memoryRD: input('memoryRD', ['B*S', D]),
      earlierRTE: model.config.intra ? input('earlierRTE', ['B*S', 'T', D + 1]) : undefined,
    },
    lastBSD: input('lastBSD', ['B', 'S', D]),
    leftBSN: input('leftBSN', ['B', 'S', 'K']),
  });
  const outputs = { logitsBSN, nextHiddenRD: state.hiddenRD, nextMemoryRD: state.memoryRD };
  return compileFor(model, { name: 'pointer step', outputs, ...options });
}

function compileFor(
  model: PointerModel,
  {
    name,
    outputs,
    constants,
  }: { readonly name: string; readonly outputs: Readonly<Record<string, Tensor>> } & ForwardOptions,
): ForwardGraph {
  const parameters = Object.fromEntries(Object.entries(model.parameters).map(([path, { tensor }]) => [path, tensor]));
  const graph = compileGraph(outputs, { parameters, name, constants: constants ? modelArrays(model) : {} });
  return { graph, layout: parameterLayout(model, graph) };
}
