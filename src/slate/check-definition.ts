import { InputError } from './input-error.ts';
import { checkKindName } from './kind-name.ts';
import { unknownName } from './nearest-name.ts';
import { isPlainRecord } from './plain-record.ts';
import { foundInstead, show } from './rejected-event.ts';

/** The keys of a definition: the compiler sees that none is forgotten. */
export type KeysOf<T> = Readonly<Record<T extends unknown ? keyof T : never, true>>;

export interface DefinitionForm {
  /** The function that is given the definition: `defineLoss`. */
  readonly call: string;
  /** What it defines, which is the `kind` of what it makes: `loss`. */
  readonly word: string;
  /** The keys that a caller may write. */
  readonly keys: Readonly<Record<string, true>>;
  /** Keys of a finished definition, which a copy of one has; they are not told. */
  readonly finished?: readonly string[];
  /** Of each key that must hold a function, what the function is. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Keys of which one, and no other, holds a function. */
  readonly oneOf?: readonly string[];
  /** The keys that may hold a function. */
  readonly optional?: readonly string[];
  /** The keys that may hold true or false. */
  readonly booleans?: readonly string[];
  /** The functions that a finished definition has; `functions` unless told otherwise. */
  readonly makes?: readonly string[];
}

/**
 * What can be seen of any definition. Throws `InputError` for one that is no object, for a name that cannot be one, for a key that nothing reads, which is mostly misspelt, and for one
 * that holds something else than a function or a boolean.
 */
export function checkDefinition(own: unknown, form: DefinitionForm): void {
  const { call, word, keys, finished = [], functions = {}, oneOf = [], optional = [], booleans = [] } = form;
  if (!isPlainRecord(own))
    throw invalid(`${call}: expected a definition such as { name, ... }, ${foundInstead(own, 'give one')}`);
  const { name } = own;
  const where = typeof name === 'string' ? `${word} ${show(name)}` : word;
  const odd = Object.keys(own).find((key) => !Object.hasOwn(keys, key) && key !== 'kind' && !finished.includes(key));
  if (odd !== undefined) throw invalid(`${where}: ${unknownName(odd, Object.keys(keys), 'leave it out')}`);
  checkKindName(word, name);
  const expect = (part: string, expected: string, remedy: string): InputError =>
    invalid(`${where}: ${part}: expected ${expected}, found ${show(own[part])}; ${remedy}`);
  for (const [part, meaning] of Object.entries(functions))
    if (typeof own[part] !== 'function') throw expect(part, meaning, 'give one');
  const given = oneOf.filter((part) => own[part] !== undefined);
  if (oneOf.length > 0 && (given.length !== 1 || typeof own[given[0]] !== 'function'))
    throw invalid(
      `${where}: expected one function of ${oneOf.join(', ')}, found ${given.join(' and ') || 'nothing'}; give one`,
    );
  for (const part of optional)
    if (own[part] !== undefined && typeof own[part] !== 'function')
      throw expect(part, 'a function', 'give one, or leave it out');
  for (const part of booleans)
    if (own[part] !== undefined && typeof own[part] !== 'boolean')
      throw expect(part, 'true or false', 'mend the definition');
}

/** Whether it is what the function of this form makes, as far as can be seen. */
export function isMade(own: unknown, form: DefinitionForm): boolean {
  const { word, functions = {}, oneOf, makes = Object.keys(functions) } = form;
  if (!isPlainRecord(own) || own.kind !== word || typeof own.name !== 'string') return false;
  const isFunction = (part: string): boolean => typeof own[part] === 'function';
  return makes.every(isFunction) && (oneOf === undefined || oneOf.some(isFunction));
}

/** Throws `InputError` for what no function of this form made; `where` is who was given it. */
export function checkMade(own: unknown, form: DefinitionForm, where: string): void {
  if (!isMade(own, form))
    throw invalid(`${where}: expected a ${form.word} made by ${form.call}, ${foundInstead(own, 'give one')}`);
}

const invalid = (sentence: string): InputError => new InputError(sentence, 'invalid-definition');
