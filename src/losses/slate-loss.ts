/** Legend: B batch, K slate, D width. */
import type { Tensor } from '../tensor/tensor.ts';

/** What a loss may look at. Masks and labels are floats, 1 or 0; padding has mask 0 and label 0. */
export interface LossInputs {
  readonly logitsBK: Tensor;
  readonly labelsBK: Tensor;
  readonly maskBK: Tensor;
  /** Item representations in the company of the others. */
  readonly vectorsBKD: Tensor;
  /** The user's last clicked item before the slate, and 1 where there is one. */
  readonly lastClickBD: Tensor;
  readonly lastClickMaskB: Tensor;
  readonly userBD: Tensor;
  /** Logit of at least one click. */
  readonly slateLogitB: Tensor;
  /** What a choice among the items compares: the logits themselves unless the model says otherwise. */
  readonly utilitiesBK: Tensor;
  /** Logits of a click and of none, of models that tell them apart: logitsBK is their difference. */
  readonly clickBK?: Tensor | undefined;
  readonly noClickBK?: Tensor | undefined;
}

/** A loss: a scalar to minimise, the mean over what it is defined on (stated by each). */
export type SlateLoss = (inputs: LossInputs) => Tensor;

/** Mean of values over the places where `weights` is 1; 0, with no gradient, where there is none. */
export function meanWhere(values: Tensor, weights: Tensor): Tensor {
  return values.mul(weights).total().div(weights.total().maximum(1));
}
