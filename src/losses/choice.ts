/** Legend: B batch, K slate. */

import { z } from 'zod';
import { absence } from '../tensor/absent.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { perClickedList, perList } from './counts.ts';
import { clickShareEntropy } from './listwise.ts';
import type { Loss } from './loss.ts';
import { type LossInputs, meanWhere } from './slate-loss.ts';

export interface ChoiceLossOptions {
  /** Whether choosing nothing is an alternative, of utility 0. */
  readonly none: boolean;
}

/**
 * Multinomial logit over the slate (McFadden 1974): -log(exp(u_c) / sum_j exp(u_j)) of the chosen item c. Without the alternative of choosing nothing, the mean
 * over slates with a choice; with it, over all slates that have an item. A slate with several clicks shares its weight among them.
 */
export function choice(inputs: ChoiceInputs, { none }: ChoiceLossOptions): Tensor {
  const { utilitiesBK, labelsBK, maskBK } = inputs;
  if (!none) return clickShareEntropy(utilitiesBK, { labelsBK, maskBK });
  const presentBK = utilitiesBK.mul(maskBK);
  // log(1 + sum exp u): what every alternative's utility is measured against.
  const totalB1 = presentBK.add(absence(maskBK)).logSumExp(1).softplus();
  const clicksB1 = labelsBK.sum(1, { keep: true });
  const chosenB1 = labelsBK.div(clicksB1.maximum(1)).mul(presentBK).sum(1, { keep: true });
  return meanWhere(totalB1.sub(chosenB1), maskBK.max(1, { keep: true }));
}

type ChoiceInputs = Pick<LossInputs, 'utilitiesBK' | 'labelsBK' | 'maskBK'>;

export const choiceLoss: Loss<'choice', ChoiceLossOptions> = {
  kind: 'loss',
  name: 'choice',
  schema: { none: z.boolean() },
  defaults: { none: true },
  calibrates: 'choice',
  counts: (list, { none }) => (none ? perList(list) : perClickedList(list)),
  build: choice,
};
