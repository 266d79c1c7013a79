import type { Candidate } from './candidate.ts';
import { type FieldScalar, valuesOf } from './candidate.ts';
import type { FieldIs, Rules } from './rules.ts';

/**
 * The same demands without exclusions that concern no candidate, and none twice: what is left is no longer than the candidates and their values, however long a blocklist is.
 */
export function relevantRules(rules: Rules, candidates: readonly Candidate[]): Rules {
  const { exclude, excludeWhere } = rules;
  return {
    ...rules,
    ...(exclude ? { exclude: [...idsAmong(exclude, candidates)] } : {}),
    ...(excludeWhere ? { excludeWhere: valuesAmong(excludeWhere, candidates) } : {}),
  };
}

/** Those of the ids that are candidates, each once. */
export function idsAmong(ids: readonly string[], candidates: readonly Candidate[]): ReadonlySet<string> {
  const known = new Set(candidates.map(({ id }) => id));
  return new Set(ids.filter((id) => known.has(id)));
}

function valuesAmong(wanted: readonly FieldIs[], candidates: readonly Candidate[]): readonly FieldIs[] {
  const values = valuesByField(new Set(wanted.map(({ field }) => field)), candidates);
  // What is kept is taken out: the next of its kind finds nothing.
  return wanted.filter(({ field, value }) => values.get(field)?.delete(value));
}

/** The values that candidates have in these fields; a field that none has is left out. */
export function valuesByField(
  fields: Iterable<string>,
  candidates: readonly Candidate[],
): ReadonlyMap<string, Set<FieldScalar>> {
  const found = new Map<string, Set<FieldScalar>>();
  for (const field of fields) {
    const values = new Set(candidates.flatMap((candidate) => valuesOf(candidate, field)));
    if (values.size > 0) found.set(field, values);
  }
  return found;
}
