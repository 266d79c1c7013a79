import { InputError } from './input-error.ts';
import { show } from './rejected-event.ts';

const NAME = /^[A-Za-z][A-Za-z0-9+._-]{0,63}$/;

/** Throws `InputError` for what cannot be the name of a loss, scorer, metric, rule or recipe (`word`): folders, columns and outputs of graphs are called by it. */
export function checkKindName(word: string, name: unknown): asserts name is string {
  if (typeof name === 'string' && NAME.test(name)) return;
  throw new InputError(
    `${word}: expected a name of at most 64 letters, digits, +, ., _ and -, beginning with a letter, found ${show(name)}; rename it`,
    'invalid-definition',
  );
}
