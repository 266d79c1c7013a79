import type { Tensor } from './tensor.ts';

/**
 * Below every score that a model can give, and finite: e^ABSENT is 0 in every precision beside anything present, and a row of nothing but absent ones gives
 * uniform shares and not NaN.
 */
export const ABSENT = -1e9;

/** 0 where the mask is 1, `ABSENT` where it is 0: to be added to scores before a softmax. */
export const absence = (mask: Tensor): Tensor => mask.sub(1).mul(-ABSENT);
