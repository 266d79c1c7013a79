/** Legend: K slate. */
import { InputError } from '../../slate/input-error.ts';
import { EMPTY, type Places } from '../../slate/places.ts';
import { type Candidate, valuesOf } from './candidate.ts';
import type { Rules } from './rules.ts';

/** Candidates that no exclusion names. */
export function eligible(
  { exclude = [], excludeWhere = [] }: Rules,
  candidates: readonly Candidate[],
): readonly boolean[] {
  const excluded = new Set(exclude);
  return candidates.map(
    (candidate) =>
      !excluded.has(candidate.id) &&
      !excludeWhere.some(({ field, value }) => valuesOf(candidate, field).includes(value)),
  );
}

/** K: the size asked for, or as many as the rules leave eligible. Throws `InputError` when that is none, or the size is no count. */
export function slateSize(rules: Rules, candidates: readonly Candidate[], size: number, where: string): number {
  if (!Number.isInteger(size) || size < 1) {
    throw new InputError(
      `${where}: expected a whole number of places from 1, found ${size}; choose a size`,
      'invalid-option',
    );
  }
  const left = eligible(rules, candidates).filter(Boolean).length;
  if (left === 0) {
    throw new InputError(
      `${where}: expected at least one candidate, found that the rules exclude all ${candidates.length}; drop an exclude or excludeWhere`,
      'rules-cannot-hold',
    );
  }
  return Math.min(size, left);
}

/** The slate before anything is chosen: pinned and kept items on their places; undefined when two demands want one place or one item, or an excluded item. */
export function startOf(
  { pin = [], keepFirst = 0 }: Rules,
  candidates: readonly Candidate[],
  eligibleN: readonly boolean[],
  size: number,
): Places | undefined {
  const start = new Int32Array(size).fill(EMPTY);
  const indexOf = new Map(candidates.map(({ id }, n) => [id, n]));
  const wanted = pin.map(({ item, position }) => ({ candidate: indexOf.get(item) ?? EMPTY, position }));
  for (let position = 0; position < keepFirst; position++) wanted.push({ candidate: position, position });
  for (const { candidate, position } of wanted) {
    if (position >= size || !eligibleN[candidate]) return undefined;
    if (start[position] === candidate) continue;
    if (start[position] !== EMPTY || start.includes(candidate)) return undefined;
    start[position] = candidate;
  }
  return start;
}

/** Throws `InputError` for a pin of no candidate, or a place that the slate does not have. */
export function checkPins(
  { pin = [], keepFirst = 0 }: Rules,
  candidates: readonly Candidate[],
  size: number,
  where: string,
): void {
  const places = `a slate of ${size} (${candidates.length} candidates)`;
  for (const { item, position } of pin) {
    const rule = `pin ${item} at place ${position + 1}`;
    if (!candidates.some(({ id }) => id === item)) {
      throw new InputError(
        `${where}: ${rule}: expected one of the ${candidates.length} candidates, found no ${item} there; drop the pin`,
        'rules-cannot-hold',
      );
    }
    if (position >= size)
      throw new InputError(
        `${where}: ${rule}: expected a position below ${size}, found ${position} for ${places}; move the pin`,
        'rules-cannot-hold',
      );
  }
  if (keepFirst > size) {
    throw new InputError(
      `${where}: keepFirst: expected at most ${size}, found ${keepFirst} for ${places}; lower it`,
      'rules-cannot-hold',
    );
  }
}
