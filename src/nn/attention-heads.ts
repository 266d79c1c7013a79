/** Legend: B batch, K items, D width, H heads, E = D / H. */
import type { Tensor } from '../tensor/tensor.ts';

/**
 * [H, B, K, E] from [B, K, D] or its [B * K, D] rows. Heads come first: each head's matrices then lie end to end, and heads are split off and joined by moving whole
 * rows.
 */
export const splitHeads = (x: Tensor, [B, K, H, E]: readonly (string | number)[]): Tensor =>
  x.reshape([B, K, H, E]).permute([2, 0, 1, 3]);

/** [B, K, D] from [H, B, K, E]. */
export const joinHeads = (x: Tensor, [B, K, D]: readonly (string | number)[]): Tensor =>
  x.permute([1, 2, 0, 3]).reshape([B, K, D]);
