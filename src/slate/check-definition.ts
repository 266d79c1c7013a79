import { InputError } from './input-error.ts';
import { unknownName } from './nearest-name.ts';
import { show } from './rejected-event.ts';

/** The keys of a definition: the compiler sees that none is forgotten. */
export type KeysOf<T> = Readonly<Record<T extends unknown ? keyof T : never, true>>;

export interface DefinitionForm {
  /** The function that is given the definition: `defineLoss`. */
  readonly call: string;
  /** What it defines: `loss`. */
  readonly word: string;
  /** The keys that a caller may write. */
  readonly keys: Readonly<Record<string, true>>;
  /** Keys of a finished definition, which a copy of one has; they are not told. */
  readonly finished?: readonly string[];
}

/** Throws `InputError` for a definition that is no object, and for a key that nothing reads: it is mostly misspelt. */
export function checkDefinition(own: unknown, { call, word, keys, finished = ['kind'] }: DefinitionForm): void {
  if (typeof own !== 'object' || own === null || Array.isArray(own))
    throw new InputError(
      `${call}: expected a definition such as { name, ... }, found ${typeof own === 'function' ? 'a function' : show(own)}; give one`,
      'invalid-definition',
    );
  const odd = Object.keys(own).find((key) => !Object.hasOwn(keys, key) && !finished.includes(key));
  if (odd === undefined) return;
  const { name } = own as { readonly name?: unknown };
  const called = typeof name === 'string' ? ` ${show(name)}` : '';
  throw new InputError(
    `${word}${called}: ${unknownName(odd, Object.keys(keys), 'leave it out')}`,
    'invalid-definition',
  );
}

/** Throws `InputError` where one of these parts is there and no boolean. `where` names the definition. */
export function checkBooleans(own: object, parts: readonly string[], where: string): void {
  const given = own as Readonly<Record<string, unknown>>;
  const odd = parts.find((part) => given[part] !== undefined && typeof given[part] !== 'boolean');
  if (odd !== undefined)
    throw new InputError(
      `${where}: ${odd}: expected true or false, found ${show(given[odd])}; mend the definition`,
      'invalid-definition',
    );
}
