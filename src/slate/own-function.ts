/** Functions that a caller's definition brings: what they throw, and what they answer, is told in one way for every kind. */
import { InputError } from './input-error.ts';
import { isPromise } from './promise.ts';
import { show } from './rejected-event.ts';

/** A function of a definition, as errors name it. */
export interface OwnFunction {
  /** What is defined: `rule`. */
  readonly word: string;
  readonly name: string;
  /** The function's key in the definition: `demands`. */
  readonly part: string;
}

/** What a function must answer: in words, and as a question to an answer. */
export interface Answer {
  readonly expected: string;
  readonly fits: (answer: unknown) => boolean;
}

/** The same function; where it throws, or answers something else, it throws an `InputError` that names it. */
export function guarded<F extends (...given: never[]) => unknown>(
  call: F,
  { expected, fits, ...own }: OwnFunction & Answer,
): F {
  const guard = function (this: unknown, ...given: never[]): unknown {
    let found: unknown;
    try {
      found = call.apply(this, given);
    } catch (error) {
      throw threw(own, error);
    }
    if (!fits(found)) throw wrongAnswer(own, expected, found);
    return found;
  };
  return guard as F;
}

/** The error of a function that threw, which is its cause. That of a definition stays: it names a function already, such as one of the recipe that another derives from. */
export function threw(own: OwnFunction, error: unknown): InputError {
  if (error instanceof InputError && error.code === 'invalid-definition') return error;
  const told = error instanceof Error ? `${error.name}: ${error.message}` : show(error);
  return new InputError(
    `${named(own)}: expected ${own.part} to answer, found that it threw ${told.replace(/\s*\n\s*/g, ' ')}; mend the function`,
    'invalid-definition',
    { cause: error },
  );
}

/** The error of a function that answered something else than is expected of it. */
export function wrongAnswer(own: OwnFunction, expected: string, found: unknown): InputError {
  // Nobody waits for it: what it rejects with later must not end the process.
  if (isPromise(found)) found.then(undefined, () => undefined);
  return new InputError(
    `${named(own)}: expected ${own.part} to return ${expected}, found ${show(found)}; ${isPromise(found) ? 'write it without async' : 'mend the function'}`,
    'invalid-definition',
  );
}

/** How errors call a definition: `rule "priceApart"`. */
export const named = ({ word, name }: Pick<OwnFunction, 'word' | 'name'>): string => `${word} "${name}"`;
