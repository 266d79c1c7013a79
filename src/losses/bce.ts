import type { Tensor } from '../tensor/tensor.ts';
import { perItem } from './counts.ts';
import type { Loss } from './loss.ts';
import { type LossInputs, meanWhere } from './slate-loss.ts';

/**
 * Binary cross-entropy on logits, the mean over the items present: softplus(z) - z y, which equals max(z, 0) - z y + log1p(exp(-|z|)) and neither overflows
 * nor loses a large logit.
 */
export function bce({ logitsBK, labelsBK, maskBK }: Pick<LossInputs, 'logitsBK' | 'labelsBK' | 'maskBK'>): Tensor {
  const lossBK = logitsBK.softplus().sub(logitsBK.mul(labelsBK));
  return meanWhere(lossBK, maskBK);
}

export const bceLoss: Loss<'bce'> = {
  kind: 'loss',
  name: 'bce',
  schema: {},
  defaults: {},
  calibrates: 'clicks',
  counts: perItem,
  build: bce,
};
