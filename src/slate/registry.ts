import { InputError } from './input-error.ts';
import { CHOOSE_OR_BRING, unlike } from './nearest-name.ts';

/** What a registry holds: a definition that goes by its name. */
export interface Named {
  readonly name: string;
}

/** The definitions of one sort (losses, scorers, metrics, ...) by name: those of the program, and those that a caller brings. */
export interface Registry<D extends Named> {
  /** What one of them is called in errors: `loss`. */
  readonly word: string;
  readonly names: readonly string[];
  readonly all: readonly D[];
  has(name: string): boolean;
  /** Throws `InputError` with the nearest known name; it says that one's own are given in `kinds`. */
  named(name: string): D;
  /** The same with further definitions; throws `InputError` where a name is taken. */
  with(own: readonly D[]): Registry<D>;
}

export function createRegistry<D extends Named>(word: string, definitions: readonly D[]): Registry<D> {
  const byName = new Map<string, D>();
  for (const definition of definitions) {
    if (byName.has(definition.name))
      throw new InputError(
        `${word}: expected every name once, found "${definition.name}" twice; give one of them another name`,
        'name-taken',
      );
    byName.set(definition.name, definition);
  }
  const names = [...byName.keys()];
  const registry: Registry<D> = {
    word,
    names,
    all: definitions,
    has: (name) => byName.has(name),
    named(name) {
      const found = byName.get(name);
      if (found) return found;
      throw new InputError(`${word}: ${unlike(name, names, CHOOSE_OR_BRING)}`, 'unknown-name');
    },
    with: (own) => (own.length === 0 ? registry : createRegistry(word, [...definitions, ...own])),
  };
  return registry;
}
