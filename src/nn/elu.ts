import type { Tensor } from '../tensor/tensor.ts';

/** x above 0, e^x - 1 below (Clevert et al. 2016, with alpha 1). The power is taken of what is at most 0, so that nothing overflows. */
export const elu = (x: Tensor): Tensor => x.relu().add(x.neg().relu().neg().exp().sub(1));
