/** Legend: B batch, K slate, P = K clicked, N = K passed over. */
import type { Tensor } from '../tensor/tensor.ts';
import { perPair } from './counts.ts';
import type { Loss } from './loss.ts';
import { type LossInputs, meanWhere } from './slate-loss.ts';

/**
 * Pairwise logistic loss softplus(-(z+ - z-)), the mean over all pairs of a clicked item and one shown beside it and not clicked. With cross-entropy it is the
 * Combined-Pair loss (Li et al. 2015; Lin et al., KDD 2024, arXiv 2403.14144, equation 5); alone it is Bayesian personalised ranking (Rendle et al. 2009) with
 * shown negatives.
 */
export function pair({ logitsBK, labelsBK, maskBK }: Pick<LossInputs, 'logitsBK' | 'labelsBK' | 'maskBK'>): Tensor {
  const [B, K] = labelsBK.shape;
  const clickedBP1 = labelsBK.mul(maskBK).reshape([B, K, 1]);
  const passedB1N = maskBK.sub(labelsBK.mul(maskBK)).reshape([B, 1, K]);
  const marginBPN = logitsBK.reshape([B, K, 1]).sub(logitsBK.reshape([B, 1, K]));
  return meanWhere(marginBPN.neg().softplus(), clickedBP1.mul(passedB1N));
}

export const pairLoss: Loss<'pair'> = {
  kind: 'loss',
  name: 'pair',
  schema: {},
  defaults: {},
  counts: perPair,
  build: pair,
};
