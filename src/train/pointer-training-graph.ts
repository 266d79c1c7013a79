/** Legend: B requests, S decodings of a request, T places. */
import { concat, input } from '../graph/leaves.ts';
import { givenSlates, logProbabilities, type PointerModel } from '../models/pointer.ts';
import { tableInputs } from '../models/embedding-tables.ts';
import { compileGraph } from '../runtime/compile.ts';
import { createFlatLayout } from '../runtime/job.ts';
import { gradientOutputs } from './gradient-outputs.ts';
import type { TrainingGraph } from './training-graph.ts';

export interface PointerGraphOptions {
  /** T, places of every slate. */
  readonly size: number;
  /** Weight of the mean entropy of all choices, which is added to what is wanted; 0: none. */
  readonly entropy: number;
}

/**
 * loss = -sum over s, t of weight_bst log pi(choice_bst | before), averaged over requests. One graph for imitation (weight 1 on the demonstration), policy gradient
 * (Williams 1992: weight = advantage) and rewards by place. Outputs: `loss`, `chosenLogBST`, the gradients.
 */
export function compilePointerTraining(model: PointerModel, { size: T, entropy }: PointerGraphOptions): TrainingGraph {
  const { chosenLogBST: chosen, entropyBST: entropies } = logProbabilities(model, givenSlates(T));
  const chosenLogBST = concat(chosen, 2);
  const weightBST = input('weightBST', ['B', 'S', T]);
  const wantedB = chosenLogBST.mul(weightBST).sum([1, 2]);
  const entropyB = concat(entropies, 2).mean().reshape(['B', 'S']).mean().reshape(['B']);
  const totalB = entropy > 0 ? wantedB.add(entropyB.mul(entropy)) : wantedB;
  const loss = totalB.reshape([1, 'B']).mean().reshape([]).neg();
  const { outputs, trained } = gradientOutputs(model, loss, {
    tables: Object.values(tableInputs),
    names: Object.keys(model.parameters),
  });
  const parameters = Object.fromEntries(Object.entries(model.parameters).map(([name, { tensor }]) => [name, tensor]));
  const graph = compileGraph({ loss, chosenLogBST, ...outputs }, { parameters, name: 'pointer training' });
  return { graph, layout: createFlatLayout(trained) };
}
