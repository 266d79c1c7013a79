import fc from 'fast-check';
import type { Candidate } from '../src/generate/candidate.ts';
import type { Rules } from '../src/generate/rules.ts';

/** Whether a whole slate of ids keeps the rules, written straight from their definitions; shares no code with the compiled rules. */
export function keepsRules(rules: Rules, slate: readonly string[], candidates: readonly Candidate[]): boolean {
  const items = slate.map((id) => candidates.find((candidate) => candidate.id === id));
  const has = (item: Candidate | undefined, field: string, value: unknown): boolean => {
    const found = item?.fields[field];
    return Array.isArray(found) ? found.includes(value) : found === value && value !== undefined;
  };
  const count = (field: string, value: unknown): number => items.filter((item) => has(item, field, value)).length;
  const valuesOn = (field: string): unknown[] => items.flatMap((item) => item?.fields[field] ?? []);
  const share = (field: string, value: unknown): number => {
    const weight = slate.map((_, position) => 1 / Math.log2(position + 2));
    const all = weight.reduce((a, b) => a + b);
    return weight.reduce((sum, each, position) => sum + (has(items[position], field, value) ? each : 0), 0) / all;
  };
  return (
    !items.includes(undefined) &&
    new Set(slate).size === slate.length &&
    (rules.pin ?? []).every(({ item, position }) => slate[position] === item) &&
    (rules.exclude ?? []).every((id) => !slate.includes(id)) &&
    (rules.excludeWhere ?? []).every(({ field, value }) => count(field, value) === 0) &&
    (rules.atMost ?? []).every((rule) =>
      (rule.value === undefined ? valuesOn(rule.field) : [rule.value]).every((v) => count(rule.field, v) <= rule.count),
    ) &&
    (rules.atLeast ?? []).every((rule) => count(rule.field, rule.value) >= rule.count) &&
    (rules.unique ?? []).every((field) => valuesOn(field).every((value) => count(field, value) <= 1)) &&
    candidates.slice(0, rules.keepFirst ?? 0).every(({ id }, position) => slate[position] === id) &&
    (rules.minExposure ?? []).every((rule) => share(rule.field, rule.value) >= rule.share - 1e-9)
  );
}

/** Every ordered slate of `size` of `count` candidates. */
export function allOrders(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  return allOrders(count, size - 1).flatMap((head) =>
    Array.from({ length: count }, (_, n) => n)
      .filter((n) => !head.includes(n))
      .map((n) => [...head, n]),
  );
}

const shop = fc.constantFrom('x', 'y', 'z');
const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 });
const fields = fc.record({ shop, price: fc.constantFrom(1, 2, 3), tags }, { requiredKeys: [] });

/** 1 to 7 candidates `i0`... with a text, a number and a list, each of which may be missing. */
export const someCandidates: fc.Arbitrary<Candidate[]> = fc
  .array(fields, { minLength: 1, maxLength: 7 })
  .map((all) => all.map((each, n) => ({ id: `i${n}`, fields: each })));

const group = fc.oneof(
  fc.record({ field: fc.constant('shop'), value: shop }),
  fc.record({ field: fc.constant('price'), value: fc.constantFrom(1, 2, 3) }),
  fc.record({ field: fc.constant('tags'), value: fc.constantFrom('a', 'b', 'c') }),
);
const field = fc.constantFrom('shop', 'price', 'tags');
const few = <T>(one: fc.Arbitrary<T>, maxLength = 2): fc.Arbitrary<T[]> => fc.array(one, { maxLength });
const both = <T extends object, U extends object>(a: fc.Arbitrary<T>, b: fc.Arbitrary<U>): fc.Arbitrary<T & U> =>
  fc.tuple(a, b).map(([left, right]) => ({ ...left, ...right }));
const count = fc.record({ count: fc.nat(2) });

/** Rules about those candidates: many can be kept, many cannot. */
export const someRules: fc.Arbitrary<Rules> = fc.record(
  {
    pin: few(fc.record({ item: fc.nat(2).map((n) => `i${n}`), position: fc.nat(2) }), 1),
    exclude: few(
      fc.nat(6).map((n) => `i${n}`),
      1,
    ),
    excludeWhere: few(group, 1),
    atMost: few(fc.oneof(both(group, count), both(fc.record({ field }), count))),
    atLeast: few(both(group, count)),
    unique: few(field, 1),
    keepFirst: fc.constantFrom(0, 0, 0, 1),
    minExposure: few(both(group, fc.record({ share: fc.constantFrom(0.2, 0.4, 0.6) }))),
  },
  { requiredKeys: [] },
);
