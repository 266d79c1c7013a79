/** Legend: N candidates, K slate. */
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import type { Candidate } from '../rules/candidate.ts';

const VALUE = 'value:';

/** What a slate is good for, as one number: higher is better. */
export interface Objective {
  /** As it is asked for: `clicks`, `any`, `value:price`. */
  readonly name: string;
  /** In words: `expected clicks`. */
  readonly label: string;
  value(scored: ScoredPlaces): number;
}

/** A slate, whole or partial, with what a scorer says of it. */
export interface ScoredPlaces {
  /** The candidate of each item present, in the order of the places. */
  readonly candidatesK: ArrayLike<number>;
  /** Its click probability in this company. */
  readonly probabilitiesK: ArrayLike<number>;
  /** Probability of at least one click; computed when it is asked for. */
  readonly anyClick: () => number;
}

export interface ObjectiveOptions {
  /** N, in the order of the request. */
  readonly candidates: readonly Candidate[];
  /** What a mean likeness of 1 costs, in units of the objective; 0 or absent: nothing. */
  readonly diversity?: number | undefined;
  /** How alike two candidates are, from 0 to 1; needed for diversity. */
  readonly likeness?: ((a: number, b: number) => number) | undefined;
  /** Opens the sentence of an error about a candidate: `request r1`. */
  readonly where?: string | undefined;
}

/**
 * `clicks`: the sum of the probabilities. `any`: the probability of a click at all. `value:<field>`: the sum of each probability times the item's field, such as a price or
 * a margin. With `diversity`, less that weight times the mean likeness of all pairs present (the trade of relevance for novelty of Carbonell & Goldstein 1998, "The use of
 * MMR", for a whole list). Throws `InputError` for another name, or a candidate whose field is missing or no number.
 */
export function objectiveNamed(text: string, options: ObjectiveOptions): Objective {
  const { diversity = 0, likeness } = options;
  const plain = plainObjective(text, options);
  if (diversity === 0) return plain;
  if (!(diversity > 0 && diversity < Infinity)) {
    throw new InputError(
      `diversity: expected a number from 0, found ${diversity}; 0 switches it off`,
      'invalid-option',
    );
  }
  if (likeness === undefined) throw new RangeError('objectiveNamed: diversity needs a likeness');
  return {
    name: text,
    label: `${plain.label} less ${diversity} x likeness`,
    value: (scored) => plain.value(scored) - diversity * meanLikeness(scored.candidatesK, likeness),
  };
}

/** For sentences about a name that is not known. */
export const objectiveNames: readonly string[] = ['clicks', 'any', 'value:<field>'];

/** Whether there is an objective of this name; its field may still be missing from an item. */
export const isObjective = (text: unknown): text is string =>
  text === 'clicks' || text === 'any' || (typeof text === 'string' && text.startsWith(VALUE) && text !== VALUE);

function plainObjective(name: string, { candidates, where }: ObjectiveOptions): Objective {
  if (!isObjective(name)) {
    throw new InputError(`objective: ${unknownName(name, objectiveNames)}`, 'unknown-name');
  }
  if (name === 'clicks')
    return { name, label: 'expected clicks', value: ({ probabilitiesK }) => total(probabilitiesK) };
  if (name === 'any') return { name, label: 'the chance of a click', value: ({ anyClick }) => anyClick() };
  const field = name.slice(VALUE.length);
  const opening = where === undefined ? '' : `${where}: `;
  const valueN = Float64Array.from(candidates, (candidate) =>
    numberIn(candidate, field, `${opening}objective ${name}`),
  );
  return {
    name,
    label: `expected ${field}`,
    value: ({ candidatesK, probabilitiesK }) => total(probabilitiesK, (k) => valueN[candidatesK[k]]),
  };
}

function total(probabilitiesK: ArrayLike<number>, weight: (k: number) => number = () => 1): number {
  let sum = 0;
  for (let k = 0; k < probabilitiesK.length; k++) sum += probabilitiesK[k] * weight(k);
  return sum;
}

/** Over all pairs; 0 where there is none. */
function meanLikeness(candidatesK: ArrayLike<number>, likeness: (a: number, b: number) => number): number {
  const K = candidatesK.length;
  let sum = 0;
  for (let i = 1; i < K; i++) for (let j = 0; j < i; j++) sum += likeness(candidatesK[j], candidatesK[i]);
  return K < 2 ? 0 : sum / ((K * (K - 1)) / 2);
}

function numberIn({ id, fields }: Candidate, field: string, opening: string): number {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (typeof value === 'number') return value;
  throw new InputError(
    `${opening}: expected a number in the field "${field}" of every candidate, found ${JSON.stringify(value) ?? 'none'} in ${id}; add it to the item, or choose clicks`,
    'unknown-field',
  );
}
