import { InputError } from '../slate/input-error.ts';
import { show } from '../slate/rejected-event.ts';

/** More threads than any machine has cores for. */
export const MOST_WORKERS = 256;

/** Throws `InputError` for what is no number of threads. */
export function checkWorkers(workers: number): void {
  if (Number.isInteger(workers) && workers >= 1 && workers <= MOST_WORKERS) return;
  throw new InputError(
    `workers: expected a whole number from 1 to ${MOST_WORKERS}, found ${show(workers)}; give the number of cores`,
    'invalid-option',
  );
}
