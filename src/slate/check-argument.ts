/** The judge at the functions of the public faces: callers without a compiler get a sentence, not what breaks first within. */
import type { ErrorCode } from './error-code.ts';
import { InputError } from './input-error.ts';
import { isPlainRecord } from './plain-record.ts';
import { isPromise } from './promise.ts';
import { foundInstead } from './rejected-event.ts';

/** What an argument is. Its own content is judged by whoever reads it: here it is seen to be such a thing at all. */
export interface ArgumentForm {
  /** In words, such as `a report`. */
  readonly expected: string;
  /** What to do, such as `give what compareRecipes returns`. */
  readonly remedy: string;
  /** Parts that it has, as paths: `protocol`, `encoded.slates`. None: any object will do. */
  readonly parts?: readonly string[];
  /** In place of parts, where it may be no object. */
  readonly isSound?: (given: unknown) => boolean;
  /** `invalid-option` unless told otherwise. */
  readonly code?: ErrorCode;
}

/** Throws `InputError` where `call` is given something else. */
export function checkArgument(
  given: unknown,
  call: string,
  { expected, remedy, parts = [], isSound = isObject, code = 'invalid-option' }: ArgumentForm,
): void {
  const missing = parts.find((path) => !isThere(given, path));
  if (isSound(given) && missing === undefined) return;
  const isOther = isSound(given) && isObject(given) && !isPromise(given);
  const found = isOther ? `found an object without "${missing}"; ${remedy}` : foundInstead(given, remedy);
  throw new InputError(`${call}: expected ${expected}, ${found}`, code);
}

const isObject = (given: unknown): given is object => typeof given === 'object' && given !== null;

function isThere(given: unknown, path: string): boolean {
  let part = given;
  for (const key of path.split('.')) part = (part as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return part !== undefined && part !== null;
}

const OPTIONS: ArgumentForm = { expected: 'options, an object', remedy: 'docs/api says which there are' };

/** Options of which at least these parts must be there. */
export const checkOptionsArgument = (given: unknown, call: string, parts: readonly string[] = []): void =>
  checkArgument(given, call, { ...OPTIONS, parts, isSound: isPlainRecord });
