/** Legend: R rows, G of each, D width. */
import type { Tensor } from '../tensor/tensor.ts';

/** Sum over each row's vectors whose mask is 1: [R, D] from [R, G, D] and [R, G]. */
export function maskedSum(vectorsRGD: Tensor, maskRG: Tensor): Tensor {
  const [R, G] = maskRG.shape;
  return vectorsRGD.mul(maskRG.reshape([R, G, 1])).sum(1);
}

/** How many of each row's vectors are there, at least 1: [R, 1]. */
export const maskedCount = (maskRG: Tensor): Tensor => maskRG.sum(1, { keep: true }).maximum(1);

/** Their mean; the zero vector of a row that has none. */
export const maskedMean = (vectorsRGD: Tensor, maskRG: Tensor): Tensor =>
  maskedSum(vectorsRGD, maskRG).div(maskedCount(maskRG));
