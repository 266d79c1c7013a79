import { checkArgument } from '../slate/check-argument.ts';

/** Throws `InputError` where no loaded model was given. */
export function checkStored(stored: unknown, where: string): void {
  checkArgument(stored, where, {
    expected: 'a model that loadModel gives',
    remedy: 'load one',
    parts: ['model.spec', 'model.config', 'calibration.form', 'features', 'memory.settings'],
  });
}
