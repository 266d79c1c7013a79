import { InputError } from '../slate/input-error.ts';
import { isPromise, show } from '../slate/rejected-event.ts';

/** One promise of a contract, tried on an implementation. */
export interface Check {
  /** The promise, as the name of a test. */
  readonly name: string;
  /** Throws, or rejects, where the promise is broken: what was expected, what was found. */
  run(): void | Promise<void>;
}

/** Throws `InputError` where what a suite is given beside a definition is no object. */
export function checkGiven(given: unknown, suite: string, expected: string): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || isPromise(given))
    throw wrongGiven(suite, expected, given);
}

export const wrongGiven = (suite: string, expected: string, found: unknown): InputError =>
  new InputError(
    `${suite}: expected ${expected}, found ${show(found)}; ${isPromise(found) ? 'await it' : 'give them'}`,
    'invalid-option',
  );
