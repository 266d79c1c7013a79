import { InputError } from '../slate/input-error.ts';
import { unlike } from '../slate/nearest-name.ts';
import type { Generator } from './generator.ts';
import { beamGenerator } from './generators/beam-generator.ts';
import { exhaustiveGenerator } from './generators/exhaustive-generator.ts';
import { greedyGenerator } from './generators/greedy-generator.ts';
import { rerankGenerator } from './generators/rerank-generator.ts';
import { swapGenerator } from './generators/swap-generator.ts';
import { topGenerator } from './generators/top-generator.ts';

/** Generators that need nothing but a value, by name. */
export const generators: Readonly<Record<string, Generator>> = {
  top: topGenerator,
  rerank: rerankGenerator,
  greedy: greedyGenerator,
  beam: beamGenerator(),
  swap: swapGenerator(),
  'beam+swap': swapGenerator({ name: 'beam+swap', from: beamGenerator(), starts: 4 }),
  exhaustive: exhaustiveGenerator(),
};

/** Every generator by name: those that search, and the one that learned. */
export const generatorNames: readonly string[] = [...Object.keys(generators), 'pointer'];

/** The generator of this name; `learned` are those that come with a model, by name. Throws `InputError` for an unknown one. */
export function generatorNamed(name: string, learned: Readonly<Record<string, Generator>> = {}): Generator {
  const known = { ...generators, ...learned };
  if (typeof name === 'string' && Object.hasOwn(known, name)) return known[name];
  throw new InputError(`generator: ${unlike(name, Object.keys(known))}`, 'unknown-name');
}
