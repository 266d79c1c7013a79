/** Legend: B systems, C unknowns. */
import type { Tensor } from '../tensor/tensor.ts';
import { concat, constant } from './leaves.ts';

/**
 * x of A x = b for positive definite matrices A [B, C, C] and right sides b [B, C, 1], by Gauss-Jordan elimination in C steps: pivots of such matrices are positive in their own
 * order (Golub & Van Loan 2013, section 4.2), so that no rows are swapped. [B, C, 1].
 */
export function solvePositive(matrixBCC: Tensor, rightBC1: Tensor): Tensor {
  const C = matrixBCC.shape[1];
  if (typeof C !== 'number') throw new RangeError(`solvePositive: expected a fixed number of unknowns, found ${C}`);
  let leftBCX = concat([matrixBCC, rightBC1], 2);
  for (let c = 0; c < C; c++) {
    const pivotRowB1X = leftBCX.slice(1, c, c + 1).div(leftBCX.slice(1, c, c + 1).slice(2, c, c + 1));
    const unit1C1 = constant(
      Array.from({ length: C }, (_, row) => (row === c ? 1 : 0)),
      [1, C, 1],
    );
    const factorBC1 = leftBCX.slice(2, c, c + 1).sub(unit1C1);
    leftBCX = leftBCX.sub(factorBC1.mul(pivotRowB1X));
  }
  return leftBCX.slice(2, C, C + 1);
}
