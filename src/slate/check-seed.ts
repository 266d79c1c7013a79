import { InputError } from './input-error.ts';
import { show } from './rejected-event.ts';

/** Throws `InputError` for what is no seed. */
export function checkSeed(seed: unknown): void {
  if (Number.isSafeInteger(seed) && (seed as number) >= 0) return;
  throw new InputError(`seed: expected a whole number from 0, found ${show(seed)}; give one`, 'invalid-option');
}
