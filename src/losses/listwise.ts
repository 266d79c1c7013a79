/** Legend: B batch, K slate. */
import { absence } from '../tensor/absent.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type LossInputs, meanWhere } from './slate-loss.ts';

/** log softmax over the items present; 0 on padding. */
export function logShares(scoresBK: Tensor, maskBK: Tensor): Tensor {
  return scoresBK.mul(maskBK).add(absence(maskBK)).logSoftmax(1).mul(maskBK);
}

/** Cross-entropy between labels over their sum and softmax(scores): the mean over slates with a click. */
export function clickShareEntropy(
  scoresBK: Tensor,
  { labelsBK, maskBK }: Pick<LossInputs, 'labelsBK' | 'maskBK'>,
): Tensor {
  const clicksB1 = labelsBK.sum(1, { keep: true });
  const lossB = labelsBK.div(clicksB1.maximum(1)).mul(logShares(scoresBK, maskBK)).sum(1).neg();
  return meanWhere(lossB, clicksB1.reshape(lossB.shape).greater(0).toFloat());
}
