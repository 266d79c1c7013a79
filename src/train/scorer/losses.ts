import { anyClick } from '../../losses/any-click.ts';
import { bce } from '../../losses/bce.ts';
import { choice } from '../../losses/choice.ts';
import { jrc } from '../../losses/jrc.ts';
import { listNet } from '../../losses/list-net.ts';
import { pair } from '../../losses/pair.ts';
import { rcr } from '../../losses/rcr.ts';
import type { LossInputs } from '../../losses/slate-loss.ts';
import { triplet } from '../../losses/triplet.ts';
import type { WeightedTerm } from '../../losses/weighted-sum.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { LossConfig } from '../recipes/training-config.ts';

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
    case 'rcr':
      return rcr(inputs);
    case 'jrc':
      return jrc(inputs);
    case 'pair':
      return pair(inputs);
    case 'choice':
      return choice(inputs, config);
    case 'anyClick':
      return anyClick(inputs);
  }
}
