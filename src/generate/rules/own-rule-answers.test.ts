import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Candidate } from './candidate.ts';
import { checkNames } from './check-names.ts';
import { compileRules } from './compile-rules.ts';
import { defineRule, defineValueRule, type RuleDefinition, type RuleOfEntries } from './define-rule.ts';
import { createFieldIndex } from './known-fields.ts';
import { relevantRules } from './relevant-rules.ts';
import { parseRules, ruleKinds, rulesOf } from './rules.ts';
import { singleRules } from './single-rules.ts';

const candidates: readonly Candidate[] = ['i0', 'i1', 'i2'].map((id) => ({ id, fields: { shop: 's' } }));
const parts = { name: 'mine', schema: z.string(), sentence: String, names: () => [], demands: () => [] };

const mine = (part: object): RuleDefinition => defineRule<string, string>({ ...parts, ...part }) as RuleDefinition;
const kindsWith = (part: object): typeof ruleKinds => ruleKinds.with([mine(part)]);
const known = createFieldIndex({ size: 0, entries: () => [] });
const boom = new Error('boom');
const throws = (): never => {
  throw boom;
};

/** All that a request asks of its rules. */
function ask(kinds: typeof ruleKinds): void {
  const rules = parseRules({ mine: ['a', 'b'], keepFirst: 3 }, 'rules', kinds);
  checkNames(rules, { candidates, known, where: 'request r1', kinds });
  singleRules(rules, { asOne: true, kinds });
  compileRules(relevantRules(rules, candidates, kinds), { candidates, size: 3, where: 'request r1', kinds });
}

const refused = (sentence: string): unknown =>
  expect.objectContaining({
    name: 'InputError',
    code: 'invalid-definition',
    message: expect.stringMatching(new RegExp(`^rule "mine": .*${sentence.replace(/[?{}()[\]]/g, '\\$&')}`)),
  });

/** Rules that change what they are given, which the request and the search go on with. */
const emptying = (_: string, given: { candidates: unknown[] }): readonly never[] => {
  given.candidates.length = 0;
  return [];
};
const emptyingGroup = (_: string, { having }: { having(field: string, value: string): number[] }): readonly never[] => {
  having('shop', 's').pop();
  return [];
};
const returning = (demand: unknown): object => ({ demands: () => [demand] });
const members = [0, 1];

describe('a rule of a caller`s own', () => {
  it('says which key its schema does not know', () => {
    const schema = z.strictObject({ apart: z.number() });
    expect(() => parseRules({ mine: [{ apart: 1, fields: 2 }] }, 'rules', kindsWith({ schema }))).toThrow(
      'expected no key "fields", found it; leave it out, or spell it as its schema does',
    );
  });

  it('may demand everything that the search knows', () => {
    const all = [
      { never: [] },
      { candidate: 0, place: 0 },
      { members: [1, 0, 1], atMost: 3, atLeast: undefined },
      { members: Int32Array.of(2), atLeast: 1, share: 0 },
    ];
    expect(() => ask(kindsWith({ demands: () => all }))).not.toThrow();
  });

  it.each<[object, string]>([
    [
      returning({ members, atmost: 0 }),
      'demands: expected one of members, atMost, atLeast, share, found "atmost"; did you mean "atMost"?',
    ],
    [returning({ never: [0], atMost: 0 }), 'demands: expected one of never, found "atMost"; leave it out'],
    [returning({ candidate: 0, position: 0 }), 'demands: expected one of candidate, place, found "position"'],
    [returning({ members, atMost: '0' }), 'expected demands to return counts and shares as numbers from 0, found "0"'],
    [
      returning({ members, atMost: null }),
      'expected demands to return counts and shares as numbers from 0, found null',
    ],
    [returning({ members, atLeast: -1 }), 'expected demands to return counts and shares as numbers from 0, found -1'],
    [returning({ members, share: Number.NaN }), 'counts and shares as numbers from 0, found NaN'],
    [
      returning({ members }),
      'expected demands to return members with atMost, atLeast or share, found {"members":[0,1]}',
    ],
    [returning({ members: new Set([0]), atMost: 0 }), 'expected demands to return lists of candidates, found a Set'],
    [returning({ members: [0, 3], atMost: 0 }), 'candidates by their index from 0 to 2, found 3'],
    [returning({ members: ['i0'], atMost: 0 }), 'candidates by their index from 0 to 2, found "i0"'],
    [returning({ never: 0 }), 'expected demands to return lists of candidates, found 0'],
    [returning({ never: [-1] }), 'candidates by their index from 0 to 2, found -1'],
    [returning({ candidate: 0.5, place: 0 }), 'candidates as whole numbers from 0, found 0.5'],
    [returning({ candidate: 0, place: '0' }), 'places as whole numbers from 0, found "0"'],
    [returning({ candidate: 0 }), 'places as whole numbers from 0, found nothing'],
    [
      returning({ place: 0 }),
      'expected demands to return demands such as { never }, { candidate, place } or { members, atMost }, found {"place":0}',
    ],
    [returning(null), 'demands such as { never }, { candidate, place } or { members, atMost }, found null'],
    [returning(5), 'demands such as { never }, { candidate, place } or { members, atMost }, found 5'],
    [{ demands: () => undefined }, 'expected demands to return a list of demands, found nothing; mend the function'],
    [{ demands: () => 5 }, 'expected demands to return a list of demands, found 5'],
    [{ demands: () => ({ never: [0] }) }, 'expected demands to return a list of demands, found {"never":[0]}'],
    [
      { demands: async () => [] },
      'expected demands to return a list of demands, found a promise; write it without async',
    ],
    [{ demands: throws }, 'expected demands to answer, found that it threw Error: boom; mend the function'],
    [
      { names: () => undefined },
      'expected names to return a list of { field } or { field, value }, empty where it names none, found nothing',
    ],
    [{ names: () => 'shop' }, 'empty where it names none, found "shop"'],
    [{ names: () => [null] }, 'empty where it names none, found [null]'],
    [{ names: () => [{ fild: 'shop' }] }, 'empty where it names none, found [{"fild":"shop"}]'],
    [{ names: () => [{ field: 'shop', vale: 's' }] }, 'found [{"field":"shop","vale":"s"}]'],
    [{ names: async () => [] }, 'found a promise; write it without async'],
    [{ names: throws }, 'expected names to answer, found that it threw Error: boom'],
    [{ sentence: () => undefined }, 'expected sentence to return the demand in words, found nothing'],
    [{ sentence: () => ' ' }, 'expected sentence to return the demand in words, found " "'],
    [{ sentence: () => 5 }, 'expected sentence to return the demand in words, found 5'],
    [{ sentence: async () => 'words' }, 'expected sentence to return the demand in words, found a promise'],
    [{ together: () => undefined }, 'expected together to return all demands in words, found nothing'],
    [{ together: throws }, 'expected together to answer, found that it threw Error: boom'],
    [{ relevant: () => undefined }, 'expected relevant to return a list of entries, found nothing'],
    [{ relevant: () => new Set() }, 'expected relevant to return a list of entries, found a Set'],
    [{ relevant: () => ['c'] }, 'expected relevant to return some of the entries that it was given, found "c"'],
    [{ demands: emptying }, 'expected demands to answer, found that it threw TypeError: '],
    [{ demands: emptyingGroup }, 'expected demands to answer, found that it threw TypeError: '],
    [{ refusal: () => null }, 'expected refusal to return a sentence, or undefined, found null'],
    [{ refusal: () => false }, 'expected refusal to return a sentence, or undefined, found false'],
    [{ refusal: throws }, 'expected refusal to answer, found that it threw Error: boom'],
    [{ schema: z.string().refine(throws) }, 'expected schema to answer, found that it threw Error: boom'],
    [{ schema: z.string().refine(async () => true) }, 'expected schema to answer, found that it threw'],
  ])('is told what it did wrong: %#', (part, sentence) => {
    expect(() => ask(kindsWith(part))).toThrow(refused(sentence) as Error);
  });

  it('keeps what its function threw', () => {
    expect(() => ask(kindsWith({ demands: throws }))).toThrow(expect.objectContaining({ cause: boom }));
  });

  it.each<[unknown, string]>([
    [1, 'found 1; mend the function'],
    [undefined, 'found nothing; mend the function'],
  ])('of one value says whether it is idle: %o', (answer, found) => {
    const kinds = ruleKinds.with([
      defineValueRule({ ...parts, idle: () => answer as boolean }) as unknown as RuleDefinition,
    ]);
    expect(() => compileRules({ mine: 'a' }, { candidates, size: 3, where: 'r', kinds })).toThrow(
      refused(`expected idle to return true or false, ${found}`) as Error,
    );
  });

  it.each<[Partial<Record<keyof RuleOfEntries<string, string>, unknown>>, string]>([
    [{ most: Number.NaN }, 'most: expected a whole number from 1, or Infinity, found NaN'],
    [{ most: '5' }, 'most: expected a whole number from 1, or Infinity, found "5"'],
    [{ refusal: 'no' }, 'refusal: expected a function, found "no"; give one, or leave it out'],
    [{ schema: {} }, 'schema: expected a Zod schema of one entry, found {}'],
  ])('is refused where it is defined: %o', (part, sentence) => {
    expect(() => mine(part)).toThrow(refused(sentence) as Error);
  });
});

it.each<[unknown, unknown, string]>([
  [null, [], 'rulesOf: expected a rule made by defineRule, found null; give one'],
  [undefined, [], 'rulesOf: expected a rule made by defineRule, found nothing; give one'],
  [5, [], 'rulesOf: expected a rule made by defineRule, found 5; give one'],
  [Promise.resolve(mine({})), [], 'rulesOf: expected a rule made by defineRule, found a promise; await it'],
  [parts, [], 'rulesOf: expected a rule made by defineRule, found {"name":"mine"'],
  [mine({}), undefined, 'rulesOf: expected rules of "mine", found nothing; give them'],
])('rulesOf(%o, %o) is refused', (kind, value, sentence) => {
  expect(() => rulesOf(kind as RuleDefinition, value)).toThrow(
    expect.objectContaining({ name: 'InputError', message: expect.stringContaining(sentence) }),
  );
});
