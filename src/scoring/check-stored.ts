import { InputError } from '../slate/input-error.ts';
import type { StoredModel } from './model-folder.ts';

/** Throws `InputError` where no loaded model was given. */
export function checkStored(stored: StoredModel, where: string): void {
  if (stored?.model && stored.encoder && stored.memory) return;
  throw new InputError(`${where}: expected a model that loadModel gives, found none; load one`, 'invalid-option');
}
