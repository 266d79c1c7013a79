/** A scorer that stands alone: raw fields and what a memory knows in, the answers of `score` out. */
import { withoutDead } from '../runtime/compile.ts';
import type { OnnxModel, OnnxValue } from '../runtime/onnx-model.ts';
import { lowerForward } from '../scoring/forward-graph.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import { answerNodes, OUTPUTS } from './answer-nodes.ts';
import { createGraphWriter } from './graph-writer.ts';
import { inputNodes } from './input-nodes.ts';

/** Keeps the names within the scorer apart from those of the inputs. */
const named = (name: string): string => `scorer/${name}`;

export function exportedGraph(stored: StoredModel): OnnxModel {
  const scorer = lowerForward(stored.model);
  const before = createGraphWriter('input/');
  inputNodes(before, stored, named);
  const after = createGraphWriter('answer/');
  answerNodes(
    after,
    { itemLogits: named('itemLogitsBK'), slateLogit: named('slateLogitB'), mask: named('maskBK') },
    stored,
  );
  const within = scorer.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(named),
    outputs: node.outputs.map(named),
  }));
  const outputs = [
    answer(OUTPUTS.logits, ['B', 'K']),
    answer(OUTPUTS.probabilities, ['B', 'K']),
    answer(OUTPUTS.expectedClicks, ['B']),
    answer(OUTPUTS.anyClick, ['B']),
  ];
  const nodes = withoutDead(
    [...before.nodes, ...within, ...after.nodes],
    outputs.map(({ name }) => name),
  );
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const constants = [
    ...before.constants,
    ...scorer.constants.map((constant) => ({ ...constant, name: named(constant.name) })),
    ...after.constants,
  ];
  return {
    name: stored.model.scorer.name,
    nodes,
    constants: constants.filter(({ name }) => read.has(name)),
    inputs: distinct(before.inputs).filter(({ name }) => read.has(name)),
    outputs,
  };
}

const answer = (name: string, shape: readonly string[]): OnnxValue => ({ name, shape, type: 'float32' });

/** An input that two parts read is declared once. */
const distinct = <V extends { readonly name: string }>(values: readonly V[]): readonly V[] => [
  ...new Map(values.map((value) => [value.name, value])).values(),
];
