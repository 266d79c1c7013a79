import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { keepsRules } from '../../test/naive-rules.ts';
import type { Candidate } from '../generate/rules/candidate.ts';
import { defineRule, type RuleDefinition, type RuleOfEntries } from '../generate/rules/define-rule.ts';
import { type Rules, ruleKinds } from '../generate/rules/rules.ts';
import { ruleConformance } from './rule-conformance.ts';
import type { RuleExamples } from './rule-examples.ts';

const oneOf = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)];
const fields: RuleExamples<unknown>['fields'] = (random) => ({
  shop: oneOf(['x', 'y', 'z'], random),
  ...(random() < 0.7 ? { tags: [oneOf(['a', 'b'], random), 'c'] } : {}),
  price: oneOf([10, 11, 20], random),
});

/** Entries of every kind of the program: a kind without any does not compile. */
const entries: { readonly [name in keyof Rules]-?: readonly unknown[] } = {
  pin: [
    { item: 'i0', position: 0 },
    { item: 'i1', position: 2 },
  ],
  exclude: ['i0', 'i2', 'gone'],
  excludeWhere: [
    { field: 'shop', value: 'x' },
    { field: 'tags', value: 'a' },
  ],
  atMost: [
    { field: 'shop', count: 1 },
    { field: 'tags', value: 'c', count: 1 },
    { field: 'price', value: 10, count: 0 },
  ],
  atLeast: [
    { field: 'shop', value: 'x', count: 1 },
    { field: 'tags', value: 'c', count: 2 },
  ],
  unique: ['shop', 'tags'],
  keepFirst: [1, 2],
  minExposure: [
    { field: 'shop', value: 'x', share: 0.3 },
    { field: 'tags', value: 'a', share: 0.5 },
  ],
};

describe.each(ruleKinds.all.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  const examples: RuleExamples<unknown> = {
    entries: entries[name as keyof Rules],
    fields,
    keeps: (entry, slate, candidates) =>
      keepsRules(
        { [name]: rule.valueOf([entry]) },
        slate.map(({ id }) => id),
        candidates,
      ),
  };
  for (const { name: promise, run } of ruleConformance(rule, examples)) it(promise, run);
});

const noShopTwice = {
  name: 'noShopTwice',
  schema: z.strictObject({ field: z.string() }),
  sentence: ({ field }: Entry) => `no ${field} two times`,
  names: ({ field }: Entry) => [{ field }],
  demands: ({ field }, { byValue }) => Array.from(byValue(field).values(), (members) => ({ members, atMost: 1 })),
} satisfies RuleOfEntries<string, Entry>;
interface Entry {
  readonly field: string;
}
const examples: RuleExamples<Entry> = {
  entries: [{ field: 'shop' }, { field: 'price' }],
  fields,
  keeps: ({ field }, slate) => new Set(slate.map((each: Candidate) => each.fields[field])).size === slate.length,
};

/** The checks that a rule does not pass. */
const broken = (rule: RuleDefinition<string, readonly Entry[], Entry>, given = examples): readonly string[] =>
  ruleConformance(rule, given).flatMap(({ name, run }) => {
    try {
      run();
      return [];
    } catch {
      return [name.slice(rule.name.length + 2)];
    }
  });

describe('the checks', () => {
  const exact = 'offers and permits exactly the slates that its meaning keeps';

  it('pass a rule of one`s own that is right', () => {
    expect(broken(defineRule(noShopTwice))).toEqual([]);
  });

  it.each<[string, Partial<RuleOfEntries<string, Entry>>, readonly string[]]>([
    ['demands nothing', { demands: () => [] }, [exact, 'is named where it conflicts with another rule']],
    [
      'is off by one',
      {
        demands: ({ field }, { byValue }) => Array.from(byValue(field).values(), (members) => ({ members, atMost: 2 })),
      },
      [exact, 'is named where it conflicts with another rule'],
    ],
    [
      'forbids too much',
      {
        demands: ({ field }, { byValue }) => Array.from(byValue(field).values(), (members) => ({ members, atMost: 0 })),
      },
      [exact],
    ],
    [
      'calls all entries alike',
      { sentence: () => 'nothing twice' },
      ['says each entry in one line of words, no two alike'],
    ],
    [
      'has two lines of words',
      { sentence: (entry) => `no shop\ntwice ${entry.field}` },
      ['says each entry in one line of words, no two alike'],
    ],
    [
      'loses its key in JSON',
      { schema: z.object({}) as unknown as z.ZodType<Entry> },
      ['is the same when written as JSON and read again'],
    ],
    [
      'leaves out keys that it does not know',
      { schema: z.object({ field: z.string() }) },
      ['loses no key of an entry in silence'],
    ],
    ['names no field', { names: () => [] }, ['names every field that it reads']],
    [
      'drops entries that matter',
      { relevant: () => [] },
      ['demands the same with only the entries that concern a candidate'],
    ],
  ])('catch a rule that %s', (_, parts, checks) => {
    expect(broken(defineRule<string, Entry>({ ...noShopTwice, ...parts }))).toEqual(checks);
  });

  it('catch examples that no slate breaks', () => {
    const easy = { ...examples, fields: () => ({}), keeps: () => true };
    expect(broken(defineRule(noShopTwice), easy)).toEqual(['is kept by some slates and broken by others']);
  });
});
