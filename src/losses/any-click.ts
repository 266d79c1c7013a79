/** Legend: B batch, K slate. */
import type { Tensor } from '../tensor/tensor.ts';
import { perList } from './counts.ts';
import type { Loss } from './loss.ts';
import { type LossInputs, meanWhere } from './slate-loss.ts';

/** Binary cross-entropy of the slate's logit with "something was clicked", the mean over slates that have an item: how a card as a whole is learned. */
export function anyClick({ slateLogitB, labelsBK, maskBK }: AnyClickInputs): Tensor {
  const clickedB = labelsBK.max(1);
  return meanWhere(slateLogitB.softplus().sub(slateLogitB.mul(clickedB)), maskBK.max(1));
}

type AnyClickInputs = Pick<LossInputs, 'slateLogitB' | 'labelsBK' | 'maskBK'>;

export const anyClickLoss: Loss<'anyClick'> = {
  kind: 'loss',
  name: 'anyClick',
  schema: {},
  defaults: {},
  counts: perList,
  build: anyClick,
};
