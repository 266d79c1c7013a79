/** Legend: B requests, S decodings of a request, T places. */
import { concat, constant, input } from '../../graph/leaves.ts';
import { givenSlates, logProbabilities, type PointerModel } from '../../models/pointer.ts';
import { tableInputs } from '../../models/tables/embedding-tables.ts';
import { compileGraph } from '../../runtime/compile.ts';
import type { Shape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { gradientOutputs } from '../scorer/gradient-outputs.ts';
import type { TrainingGraph } from '../scorer/training-graph.ts';

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
  const wanted = chosenLogBST
    .mul(weightBST)
    .total()
    .div(countOf(['B']));
  const spread = concat(entropies, 2)
    .total()
    .div(countOf(['B', 'S']))
    .mul(entropy / T);
  const loss = (entropy > 0 ? wanted.add(spread) : wanted).neg();
  const { outputs, layout } = gradientOutputs(model, loss, {
    tables: Object.values(tableInputs),
    names: Object.keys(model.parameters),
  });
  const parameters = Object.fromEntries(Object.entries(model.parameters).map(([name, { tensor }]) => [name, tensor]));
  const graph = compileGraph(
    { loss, chosenLogBST, ...outputs },
    { parameters, flat: layout.entries, name: 'pointer training' },
  );
  return { graph, layout };
}

/** How many elements a tensor of this shape has, known when the graph runs. */
const countOf = (shape: Shape): Tensor => constant([1], [1]).broadcastTo(shape).total();
