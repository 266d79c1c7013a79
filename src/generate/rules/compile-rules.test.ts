import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOrders, keepsRules, someCandidates, someRules } from '../../../test/naive-rules.ts';
import { plainCandidates } from '../../../test/set-value.ts';
import { InputError } from '../../slate/input-error.ts';
import { EMPTY } from '../../slate/places.ts';
import type { SlateRules } from '../generator.ts';
import type { Candidate } from './candidate.ts';
import { compileRules } from './compile-rules.ts';
import type { Rules } from './rules.ts';
import { joinRules, singleRules } from './single-rules.ts';

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
      { numRuns: 1000 },
    );
    expect(Math.min(possible, impossible)).toBeGreaterThan(100);
  });

  it('has few choices left where rules are tight: worked by hand', () => {
    const candidates = plainCandidates(5, (n) => ({ shop: 'xxyyz'[n] }));
    const { start, choices } = compile(
      { unique: ['shop'], atLeast: [{ field: 'shop', value: 'z', count: 1 }] },
      candidates,
      2,
    );
    expect(choices(start)).toEqual([0, 1, 2, 3, 4]);
    expect(choices(start.with(0, 1))).toEqual([4]);
    expect(choices(start.with(0, 4))).toEqual([0, 1, 2, 3]);
    expect(choices(Int32Array.of(1, 4))).toEqual([]);
  });

  it('reckons with what stands behind empty places', () => {
    const candidates = plainCandidates(4, (n) => ({ shop: 'xxyy'[n] }));
    const { start, choices } = compile({ pin: [{ item: 'i1', position: 1 }], unique: ['shop'] }, candidates, 2);
    expect([...start]).toEqual([EMPTY, 1]);
    expect(choices(start)).toEqual([2, 3]);
  });

  it('counts exposure by places: one item reaches 60 % of two places only on top', () => {
    // 1 and 1 / log2(3) = 0.631: the first place has 61.3 % of the page.
    const candidates = plainCandidates(3, (n) => ({ brand: n === 2 ? 'small' : 'big' }));
    const exposure = (share: number): Rules => ({ minExposure: [{ field: 'brand', value: 'small', share }] });
    const { start, choices, permits } = compile(exposure(0.61), candidates, 2);
    expect(choices(start)).toEqual([2]);
    expect([permits(Int32Array.of(2, 0)), permits(Int32Array.of(0, 2))]).toEqual([true, false]);
    expect(compile(exposure(1 / (1 + 1 / Math.log2(3))), candidates, 2).choices(start)).toEqual([2]);
    expect(failure(exposure(0.62), candidates, 2)).toBe(
      'request r1: no slate of 2 can keep: at least 62 % of the attention to brand small; drop or loosen it, or ask for a slate of 1',
    );
  });

  it('makes the slate as long as there are eligible candidates', () => {
    expect(compile({}, plainCandidates(3), 5).start.length).toBe(3);
    expect(compile({ exclude: ['i0', 'unknown'] }, plainCandidates(3), 3).start.length).toBe(2);
    expect(
      failure(
        { exclude: ['i0'], excludeWhere: [{ field: 'a', value: 1 }] },
        plainCandidates(2, () => ({ a: 1 })),
        2,
      ),
    ).toBe(
      'request r1: expected at least one candidate, found that the rules exclude all 2; drop an exclude or excludeWhere',
    );
  });

  it.each([0, -1, 2.5, Number.NaN])('refuses a slate of %s', (size) => {
    expect(failure({}, plainCandidates(3), size)).toBe(
      `request r1: expected a whole number of places from 1, found ${size}; choose a size`,
    );
  });

  it('decides for 100 candidates with many rules, and the slate it leads to keeps them', () => {
    const candidates = plainCandidates(100, (n) => ({
      category: `c${(n * 7) % 8}`,
      shop: `s${(n * n) % 41}`,
      brand: `b${(n * 5) % 12}`,
    }));
    const rules: Rules = {
      pin: [{ item: 'i50', position: 4 }],
      atMost: [{ field: 'category', count: 2 }],
      unique: ['shop'],
      atLeast: [{ field: 'category', value: 'c1', count: 2 }],
      minExposure: [{ field: 'brand', value: 'b3', share: 0.2 }],
    };
    for (const last of [0, -1]) {
      const compiled = compile(rules, candidates, 10);
      let places = compiled.start;
      while (places.includes(EMPTY))
        places = places.with(places.indexOf(EMPTY), compiled.choices(places).at(last) ?? EMPTY);
      const slate = Array.from(places, (n) => candidates[n].id);
      expect(keepsRules(rules, slate, candidates), slate.join()).toBe(true);
      expect(compiled.permits(places)).toBe(true);
    }
  });
});

describe('impossible rules', () => {
  const drama = plainCandidates(6, (n) => ({ category: n < 4 ? 'drama' : 'comedy' }));

  it.each<[string, Rules, string]>([
    [
      'a pin of an excluded item',
      { exclude: ['i3', 'i4'], pin: [{ item: 'i3', position: 0 }], unique: [] },
      'no slate of 4 can keep all of: pin i3 at place 1; exclude i3; drop or loosen one of them',
    ],
    [
      'two pins on one place',
      {
        pin: [
          { item: 'i1', position: 1 },
          { item: 'i2', position: 1 },
          { item: 'i0', position: 0 },
        ],
      },
      'no slate of 4 can keep all of: pin i1 at place 2; pin i2 at place 2; drop or loosen one of them',
    ],
    [
      'one item pinned twice',
      {
        pin: [
          { item: 'i1', position: 0 },
          { item: 'i1', position: 3 },
        ],
      },
      'no slate of 4 can keep all of: pin i1 at place 1; pin i1 at place 4; drop or loosen one of them',
    ],
    [
      'a pin among the kept',
      { keepFirst: 2, pin: [{ item: 'i5', position: 0 }] },
      'no slate of 4 can keep all of: pin i5 at place 1; keep the first 2 candidates; drop or loosen one of them',
    ],
    [
      'a cap below what is needed',
      {
        atMost: [{ field: 'category', value: 'drama', count: 1 }],
        atLeast: [{ field: 'category', value: 'drama', count: 2 }],
      },
      'no slate of 4 can keep: at most 1 of category drama; drop or loosen it',
    ],
    [
      'more values than fit',
      { unique: ['category'], atLeast: [{ field: 'category', value: 'comedy', count: 1 }] },
      'no slate of 4 can keep: no category twice; drop or loosen it, or ask for a slate of 2',
    ],
    [
      'a value no candidate has',
      { atLeast: [{ field: 'category', value: 'opera', count: 1 }], exclude: ['i0'] },
      'no slate of 4 can keep: at least 1 of category opera; drop or loosen it',
    ],
    [
      'a value whose items are excluded',
      {
        excludeWhere: [{ field: 'category', value: 'comedy' }],
        atLeast: [{ field: 'category', value: 'comedy', count: 1 }],
      },
      'no slate of 4 can keep all of: exclude category comedy; at least 1 of category comedy; drop or loosen one of them',
    ],
  ])('%s', (_, rules, sentence) => {
    expect(failure(rules, drama, 4)).toBe(`request r1: ${sentence}`);
  });

  it('names a smallest conflict: without any one of its rules a slate exists', () => {
    let conflicts = 0;
    fc.assert(
      fc.property(someCandidates, someRules, fc.integer({ min: 1, max: 3 }), (candidates, rules, size) => {
        const message = failure(rules, candidates, size);
        const found = /no slate of (\d+) can keep(?: all of)?: (.*); drop or loosen/.exec(message);
        if (found === null) return;
        conflicts++;
        const demands = found[2].split('; ');
        const named = (without: string): Rules =>
          joinRules(singleRules(rules).filter(({ sentence }) => demands.includes(sentence) && sentence !== without));
        const length = Number(found[1]);
        expect(bruteForce(named(''), candidates, length), message).toEqual([]);
        for (const demand of demands)
          expect(bruteForce(named(demand), candidates, length).length, message).toBeGreaterThan(0);
      }),
      { numRuns: 600 },
    );
    expect(conflicts).toBeGreaterThan(60);
  });

  it('names a pin of no candidate, and places that the slate does not have', () => {
    expect(failure({ pin: [{ item: 'i9', position: 0 }] }, drama, 4)).toBe(
      'request r1: pin i9 at place 1: expected one of the 6 candidates, found no i9 there; drop the pin',
    );
    expect(failure({ pin: [{ item: 'i1', position: 4 }] }, drama, 4)).toBe(
      'request r1: pin i1 at place 5: expected a position below 4, found 4 for a slate of 4 (6 candidates); move the pin',
    );
    expect(failure({ keepFirst: 5 }, drama, 4)).toBe(
      'request r1: keepFirst: expected at most 4, found 5 for a slate of 4 (6 candidates); lower it',
    );
  });
});
