import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOrders, keepsRules } from '../../../test/naive-rules.ts';
import { plainCandidates } from '../../../test/set-value.ts';
import { createRng } from '../../random/rng.ts';
import { EMPTY } from '../../slate/places.ts';
import type { Candidate } from '../rules/candidate.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { demandsOfRules } from '../rules/rule-demands.ts';
import { createRuleRequest } from '../rules/rule-request.ts';
import { type Rules, ruleKinds } from '../rules/rules.ts';
import { attentionUnitsK } from './attention.ts';
import { changesToAdmit } from './changed-completion.ts';
import { complete } from './completion.ts';
import { fillingOf, put } from './filling.ts';
import { type DemandGroups, groupDemands } from './groups.ts';
import { createBudget } from './node-budget.ts';

/** Candidates with two plain fields and a list, so that rules overlap. */
function mixed(count: number, seed: number): Candidate[] {
  const rng = createRng(seed);
  const one = (letter: string, of: number): string => `${letter}${rng.integer(of)}`;
  return plainCandidates(count, () => ({
    shop: one('s', count * 0.7),
    category: one('c', 3),
    tags: [one('t', 6), one('t', 6)],
  }));
}

const rulesOf = (seed: number): Rules => {
  const rng = createRng(`rules ${seed}`);
  const some = <T>(share: number, rule: T): T[] => (rng.next() < share ? [rule] : []);
  return {
    unique: [...some(0.6, 'shop'), ...some(0.2, 'tags')],
    atMost: [...some(0.6, { field: 'category', count: 2 }), ...some(0.3, { field: 'tags', count: 2 })],
    atLeast: [
      ...some(0.5, { field: 'category', value: 'c1', count: 2 }),
      ...some(0.4, { field: 'tags', value: 't1', count: 2 }),
    ],
  };
};

const groupsOf = (rules: Rules, candidates: readonly Candidate[], size: number): DemandGroups =>
  groupDemands(demandsOfRules(rules, createRuleRequest(candidates, size), ruleKinds), size);

const subsets = (from: number, count: number, size: number): number[][] =>
  size === 0
    ? [[]]
    : Array.from({ length: count - from }, (_, i) => from + i).flatMap((n) =>
        subsets(n + 1, count, size - 1).map((rest) => [n, ...rest]),
      );

describe('choices', () => {
  it('are the candidates of all sets of 5 of 11 that keep the rules and hold what is chosen', () => {
    let decided = 0;
    for (let seed = 0; seed < 120; seed++) {
      const candidates = mixed(11, seed);
      const rules = rulesOf(seed);
      const sets = subsets(0, 11, 5).filter((set) =>
        keepsRules(
          rules,
          set.map((n) => candidates[n].id),
          candidates,
        ),
      );
      if (sets.length === 0) continue;
      decided++;
      const { start, choices } = compileRules(rules, { candidates, size: 5, where: 'r' });
      let [places, left] = [start, sets];
      while (places.includes(EMPTY)) {
        const expected = [...new Set(left.flat())].filter((n) => !places.includes(n)).sort((a, b) => a - b);
        expect(choices(places), `seed ${seed} after ${places}`).toEqual(expected);
        const next = expected[(seed * 7) % expected.length];
        places = places.with(places.indexOf(EMPTY), next);
        left = left.filter((set) => set.includes(next));
      }
    }
    expect(decided).toBeGreaterThan(40);
  });
});

describe('choices with exposure', () => {
  const letters = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 });
  const item = fc.record({ brand: letters, shop: fc.integer({ min: 0, max: 4 }) });
  const share = fc.constantFrom(0, 0.15, 0.25, 0.35, 0.45, 0.55);

  it('are what every order of 4 of 6 says, for three groups that overlap and shops that may not repeat', () => {
    let [some, none] = [0, 0];
    fc.assert(
      fc.property(fc.array(item, { minLength: 6, maxLength: 6 }), share, share, share, (fields, a, b, c) => {
        const candidates = plainCandidates(6, (n) => fields[n]);
        const shares = { a, b, c };
        const rules: Rules = {
          unique: ['shop'],
          minExposure: Object.entries(shares).map(([value, each]) => ({ field: 'brand', value, share: each })),
        };
        const ids = (order: readonly number[]): string[] => order.map((n) => candidates[n].id);
        const orders = allOrders(6, 4).filter((order) => keepsRules(rules, ids(order), candidates));
        if (orders.length === 0) {
          none++;
          expect(() => compileRules(rules, { candidates, size: 4, where: 'r' })).toThrow('no slate of 4');
          return;
        }
        some++;
        const { start, choices } = compileRules(rules, { candidates, size: 4, where: 'r' });
        for (let length = 0; length < 4; length++) {
          for (const head of new Set(orders.map((order) => order.slice(0, length).join()))) {
            const places = start.slice();
            if (head !== '') places.set(head.split(',').map(Number));
            const after = orders.filter((order) => order.slice(0, length).join() === head);
            const expected = [...new Set(after.map((order) => order[length]))].sort((x, y) => x - y);
            expect(choices(places), `after [${head}]`).toEqual(expected);
          }
        }
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(some, none)).toBeGreaterThan(100);
  });
});

describe('changesToAdmit', () => {
  it('never lets in a candidate that the search finds impossible, and settles most of the others', () => {
    let [settled, missed] = [0, 0];
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, exposes) => {
        const candidates = mixed(16, seed);
        const minExposure = exposes ? [{ field: 'category', value: 'c2', share: 0.45 }] : [];
        const groups = groupsOf({ ...rulesOf(seed), minExposure }, candidates, 5);
        const unitsK = attentionUnitsK(5);
        const empty = new Int32Array(5).fill(EMPTY);
        const found = complete(groups, unitsK, fillingOf(groups, unitsK, empty), createBudget());
        if (typeof found === 'string') return;
        const admits = changesToAdmit(groups, unitsK, fillingOf(groups, unitsK, empty), found);
        for (const candidate of candidates.keys()) {
          const after = fillingOf(groups, unitsK, empty);
          put(after, groups, candidate, unitsK[0]);
          after.empties.shift();
          const possible = complete(groups, unitsK, after, createBudget()) !== 'impossible';
          if (admits(candidate)) {
            settled++;
            expect(possible, `i${candidate}`).toBe(true);
          } else if (possible) missed++;
        }
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(settled).toBeGreaterThan(4 * missed);
  });
});

describe('complete', () => {
  it('says that it does not know when its nodes are spent', () => {
    const candidates = mixed(16, 3);
    const groups = groupsOf({ unique: ['shop'] }, candidates, 5);
    const unitsK = attentionUnitsK(5);
    const empty = fillingOf(groups, unitsK, new Int32Array(5).fill(EMPTY));
    expect(complete(groups, unitsK, empty, { left: 3 })).toBe('undecided');
    expect(complete(groups, unitsK, empty, createBudget())).toHaveLength(5);
  });

  it('sees at once that 30 items of 15 pairs cannot fill 16 places', () => {
    const candidates = plainCandidates(30, (n) => ({ pair: n >> 1, other: n % 7 }));
    const groups = groupsOf({ unique: ['pair'], atMost: [{ field: 'other', count: 4 }] }, candidates, 16);
    const unitsK = attentionUnitsK(16);
    expect(complete(groups, unitsK, fillingOf(groups, unitsK, new Int32Array(16).fill(EMPTY)), { left: 75 })).toBe(
      'impossible',
    );
  });
});
