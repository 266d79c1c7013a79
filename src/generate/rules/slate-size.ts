/** Legend: K slate. */
import { InputError } from '../../slate/input-error.ts';
import type { RuleDemands } from './rule-demands.ts';

/** Throws `InputError` for a size that is no count of places. */
export function checkSize(size: number, where: string): void {
  if (!Number.isInteger(size) || size < 1) {
    throw new InputError(
      `${where}: expected a whole number of places from 1, found ${size}; choose a size`,
      'invalid-option',
    );
  }
}

/** K: the size asked for, or as many as the rules leave eligible. Throws `InputError` when no place can be filled. */
export function slateSize({ eligibleN, excluding }: RuleDemands, size: number, where: string): number {
  let left = 0;
  for (const eligible of eligibleN) left += +eligible;
  if (left > 0) return Math.min(size, left);
  throw new InputError(
    `${where}: expected at least one candidate, found that the rules exclude all ${eligibleN.length}; drop an ${excluding.join(' or ')}`,
    'rules-cannot-hold',
  );
}
