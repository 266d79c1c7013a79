import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOrders, keepsRules, someCandidates, someRules } from '../../test/naive-rules.ts';
import { InputError } from '../slate/input-error.ts';
import { EMPTY } from '../slate/places.ts';
import type { Candidate } from './candidate.ts';
import { compileRules } from './compile-rules.ts';
import type { SlateRules } from './generator.ts';
import type { Rules } from './rules.ts';

const request = (count: number, fields: (n: number) => Candidate['fields'] = () => ({})): Candidate[] =>
  Array.from({ length: count }, (_, n) => ({ id: `i${n}`, fields: fields(n) }));

const compile = (rules: Rules, candidates: readonly Candidate[], size: number): SlateRules =>
  compileRules(rules, { candidates, size, where: 'request r1' });

const failure = (rules: Rules, candidates: readonly Candidate[], size: number): string => {
  try {
    compile(rules, candidates, size);
    return 'no failure';
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
};

/** All slates that keep the rules, by trying every order. */
function bruteForce(rules: Rules, candidates: readonly Candidate[], size: number): string[] {
  const ids = (order: readonly number[]): string[] => order.map((n) => candidates[n].id);
  return allOrders(candidates.length, size)
    .filter((order) => keepsRules(rules, ids(order), candidates))
    .map((order) => order.join());
}

/** All slates that can be reached by choices alone. */
function byChoices({ start, choices }: SlateRules): string[] {
  const grow = (places: Int32Array): string[] => {
    const place = places.indexOf(EMPTY);
    if (place < 0) return [places.join()];
    const chosen = choices(places);
    expect(chosen.length, `no choice after ${places}`).toBeGreaterThan(0);
    return chosen.flatMap((n) => grow(places.with(place, n)));
  };
  return grow(start);
}

describe('compileRules', () => {
  it('offers exactly what can be completed: choices reach every slate that keeps the rules and no other', () => {
    let possible = 0;
    let impossible = 0;
    fc.assert(
      fc.property(someCandidates, someRules, fc.integer({ min: 1, max: 4 }), (candidates, rules, wanted) => {
        const known = new Set(candidates.map(({ id }) => id));
        const pin = (rules.pin ?? []).filter(({ item, position }) => known.has(item) && position < wanted);
        const asked = { ...rules, pin };
        const eligible = candidates.filter(({ id }) =>
          keepsRules({ exclude: rules.exclude, excludeWhere: rules.excludeWhere }, [id], candidates),
        );
        const size = Math.min(wanted, eligible.length);
        fc.pre(size > 0 && pin.every(({ position }) => position < size));
        const expected = bruteForce(asked, candidates, size);
        if (expected.length === 0) {
          impossible++;
          expect(failure(asked, candidates, wanted)).toMatch(`no slate of ${size} can keep`);
          return;
        }
        possible++;
        const compiled = compile(asked, candidates, wanted);
        expect(byChoices(compiled).sort()).toEqual([...expected].sort());
        for (const order of allOrders(candidates.length, size)) {
          expect(compiled.permits(Int32Array.from(order))).toBe(expected.includes(order.join()));
        }
      }),
      { numRuns: 1500 },
    );
    expect(Math.min(possible, impossible)).toBeGreaterThan(200);
  });
});
