/** Legend: N candidates. */
import { type Candidate, type FieldScalar, valuesOf } from './candidate.ts';

/** What a rule may look at to say its demands: the candidates of one request, and how long the slate is. */
export interface RuleRequest {
  /** N candidates, in the order of the request; demands name them by their index here. */
  readonly candidates: readonly Candidate[];
  /** K: places of the slate. */
  readonly size: number;
  /** The index of the candidate of this id; undefined where none has it. */
  indexOf(id: string): number | undefined;
  /** The candidates by each value of a field, ascending; a candidate whose field is a list stands at each of its values, one without the field at none. */
  byValue(field: string): ReadonlyMap<FieldScalar, readonly number[]>;
  /** The candidates whose field has this value, ascending. */
  having(field: string, value: FieldScalar): readonly number[];
}

const NOBODY: readonly number[] = Object.freeze([]);

/** Rules of a caller's own get lists that they cannot change: the request and the search go on with them. */
export function createRuleRequest(given: readonly Candidate[], size: number): RuleRequest {
  const candidates = Object.freeze([...given]);
  const values = new Map<string, ReadonlyMap<FieldScalar, readonly number[]>>();
  const indexes = new Map<string, number>();
  const byValue = (field: string): ReadonlyMap<FieldScalar, readonly number[]> => {
    const found = values.get(field) ?? groupByValue(candidates, field);
    values.set(field, found);
    return found;
  };
  return {
    candidates,
    size,
    indexOf(id) {
      if (indexes.size === 0) for (const [n, candidate] of candidates.entries()) indexes.set(candidate.id, n);
      return indexes.get(id);
    },
    byValue,
    having: (field, value) => byValue(field).get(value) ?? NOBODY,
  };
}

function groupByValue(candidates: readonly Candidate[], field: string): ReadonlyMap<FieldScalar, readonly number[]> {
  const found = new Map<FieldScalar, number[]>();
  candidates.forEach((candidate, n) => {
    for (const value of valuesOf(candidate, field)) {
      const members = found.get(value);
      if (members) members.push(n);
      else found.set(value, [n]);
    }
  });
  for (const members of found.values()) Object.freeze(members);
  return found;
}
