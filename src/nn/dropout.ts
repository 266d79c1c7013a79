import { dropoutMask } from '../graph/leaves.ts';
import type { Rng } from '../random/rng.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** What a forward pass needs to know to drop at random; absent means inference, where nothing is dropped. */
export interface DropoutOptions {
  readonly rate: number;
  readonly rng?: Rng | undefined;
}

/** Whether anything is dropped. */
export const drops = ({ rate, rng }: DropoutOptions): boolean => rng !== undefined && rate > 0;

/** Inverted dropout (Srivastava et al. 2014): zeroes elements with probability `rate` and scales the rest, so that the mean stays. */
export function dropout(x: Tensor, { rate, rng }: DropoutOptions): Tensor {
  if (!rng || rate === 0) return x;
  return x.mul(dropoutMask(x.shape, rate, rng.nextUint32()));
}
