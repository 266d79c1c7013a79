import { InputError } from '../slate/input-error.ts';
import { unknownName } from '../slate/nearest-name.ts';
import { isPlainRecord } from '../slate/plain-record.ts';
import { isPromise } from '../slate/promise.ts';
import { show } from '../slate/rejected-event.ts';

/** One promise of a contract, tried on an implementation. */
export interface Check {
  /** The promise, as the name of a test. */
  readonly name: string;
  /** Throws, or rejects, where the promise is broken: what was expected, what was found. */
  run(): void | Promise<void>;
}

/** Throws `InputError` where what a suite is given beside a definition is no object, or has another key than these. */
export function checkGiven(given: unknown, suite: string, keys: readonly string[]): void {
  if (!isPlainRecord(given)) throw wrongGiven(suite, `an object of ${keys.join(', ') || 'no keys'}`, given);
  const odd = Object.keys(given).find((key) => !keys.includes(key));
  if (odd !== undefined) throw new InputError(`${suite}: ${unknownName(odd, keys, 'leave it out')}`, 'invalid-option');
}

export const wrongGiven = (suite: string, expected: string, found: unknown): InputError =>
  new InputError(
    `${suite}: expected ${expected}, found ${show(found)}; ${isPromise(found) ? 'await it' : 'give them'}`,
    'invalid-option',
  );
