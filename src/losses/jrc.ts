/** Legend: B batch, K slate. */
import type { Tensor } from '../tensor/tensor.ts';
import { perItem } from './counts.ts';
import { logShares } from './listwise.ts';
import type { Loss } from './loss.ts';
import { type LossInputs, meanWhere } from './slate-loss.ts';

/**
 * The ranking half of joint ranking and calibration (Sheng et al. 2023, arXiv 2208.06164, equation 8): with two logits per item, z1 for a click and z0 for none,
 * -log(exp(z_i[y_i]) / sum_j exp(z_j[y_i])) over the items j of the slate; the mean over items present. The other half is cross-entropy on z1 - z0.
 */
export function jrc({ clickBK, noClickBK, labelsBK, maskBK }: JrcInputs): Tensor {
  if (!clickBK || !noClickBK) {
    throw new RangeError('jrc: expected a model with two logits per item; set model.head to "joint"');
  }
  const clickedBK = labelsBK.mul(logShares(clickBK, maskBK));
  const passedBK = maskBK.sub(labelsBK).mul(logShares(noClickBK, maskBK));
  return meanWhere(clickedBK.add(passedBK).neg(), maskBK);
}

type JrcInputs = Pick<LossInputs, 'clickBK' | 'noClickBK' | 'labelsBK' | 'maskBK'>;

export const jrcLoss: Loss<'jrc'> = {
  kind: 'loss',
  name: 'jrc',
  schema: {},
  defaults: {},
  calibrates: 'clicks',
  readsTwoLogits: true,
  counts: perItem,
  build: jrc,
};
