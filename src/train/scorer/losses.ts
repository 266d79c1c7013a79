import { input } from '../../graph/leaves.ts';
import type { Loss, LossConfig } from '../../losses/loss.ts';
import type { LossInputs } from '../../losses/slate-loss.ts';
import type { WeightedTerm } from '../../losses/weighted-sum.ts';
import { InputError } from '../../slate/input-error.ts';
import type { Registry } from '../../slate/registry.ts';
import { formatShape } from '../../tensor/shape.ts';
import { termSharesName } from './term-shares.ts';

/** The terms of a recipe's loss as graphs, named as in learning curves, each times its share that is fed (`termShares`). Throws `InputError` for a loss that is unknown, or no scalar. */
export function lossTerms(
  configs: readonly LossConfig[],
  inputs: LossInputs,
  losses: Registry<Loss>,
): readonly WeightedTerm[] {
  const sharesN = input(termSharesName, [configs.length]);
  return configs.map(({ name, weight, ...options }, n) => {
    const { build, defaults } = losses.named(name);
    const loss = build(inputs, { ...defaults, ...options });
    if (loss.rank !== 0)
      throw new InputError(
        `loss "${name}": expected a scalar, found the shape ${formatShape(loss.shape)}; take its mean`,
        'invalid-definition',
      );
    return { name, weight, loss: loss.mul(sharesN.slice(0, n, n + 1).reshape([])) };
  });
}
