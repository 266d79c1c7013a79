import type { Tensor } from '../graph/tensor.ts';
import { bce } from '../losses/bce.ts';
import { listNet } from '../losses/list-net.ts';
import type { LossInputs } from '../losses/slate-loss.ts';
import { triplet } from '../losses/triplet.ts';
import type { WeightedTerm } from '../losses/weighted-sum.ts';
import type { LossConfig } from './recipe.ts';

/** The terms of a recipe's loss as graphs, named as in learning curves. */
export function lossTerms(configs: readonly LossConfig[], inputs: LossInputs): readonly WeightedTerm[] {
  return configs.map((config) => ({ name: config.name, weight: config.weight, loss: lossOf(config, inputs) }));
}

function lossOf(config: LossConfig, inputs: LossInputs): Tensor {
  switch (config.name) {
    case 'bce':
      return bce(inputs);
    case 'listNet':
      return listNet(inputs, config);
    case 'triplet':
      return triplet(inputs, config);
  }
}
