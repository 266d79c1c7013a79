import { InputError } from './input-error.ts';
import { show } from './rejected-event.ts';

/** A whole number from 0. */
export const isSeed = (seed: unknown): boolean => Number.isSafeInteger(seed) && (seed as number) >= 0;

/** Throws `InputError` for what is no seed. */
export function checkSeed(seed: unknown): void {
  if (isSeed(seed)) return;
  throw new InputError(`seed: expected a whole number from 0, found ${show(seed)}; give one`, 'invalid-option');
}
