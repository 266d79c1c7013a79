import type { Tensor } from '../tensor/tensor.ts';
import { perClickedList } from './counts.ts';
import { clickShareEntropy } from './listwise.ts';
import type { Loss } from './loss.ts';
import type { LossInputs } from './slate-loss.ts';

/**
 * The listwise half of the regression-compatible ranking loss (Bai et al. 2023, arXiv 2211.01494, equation 7):
 * -1 / sum(y) * sum_i y_i log(sigmoid(z_i) / sum_j sigmoid(z_j)), the mean over slates with a click. ListNet wants z = log P + const where cross-entropy wants
 * z = logit P; on sigmoid(z) both have the same optimum. log sigmoid(z) = -softplus(-z), so nothing overflows.
 */
export function rcr({ logitsBK, labelsBK, maskBK }: Pick<LossInputs, 'logitsBK' | 'labelsBK' | 'maskBK'>): Tensor {
  return clickShareEntropy(logitsBK.neg().softplus().neg(), { labelsBK, maskBK });
}

export const rcrLoss: Loss<'rcr'> = {
  kind: 'loss',
  name: 'rcr',
  schema: {},
  defaults: {},
  counts: perClickedList,
  build: rcr,
};
