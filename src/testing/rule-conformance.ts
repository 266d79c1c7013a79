/** What every kind of rule promises. Legend: N candidates, K slate. */

import { isDeepStrictEqual } from 'node:util';
import type { SlateRules } from '../generate/generator.ts';
import type { Candidate } from '../generate/rules/candidate.ts';
import { compileRules } from '../generate/rules/compile-rules.ts';
import { type RuleDefinition, ruleForm } from '../generate/rules/define-rule.ts';
import { relevantRules } from '../generate/rules/relevant-rules.ts';
import { createRuleRequest } from '../generate/rules/rule-request.ts';
import { type AnyRules, type RuleRegistry, ruleKinds } from '../generate/rules/rules.ts';
import { createRng } from '../random/rng.ts';
import { checkMade } from '../slate/check-definition.ts';
import type { Fields } from '../slate/fields.ts';
import { InputError } from '../slate/input-error.ts';
import { isPlainRecord } from '../slate/plain-record.ts';
import type { Check } from './check.ts';
import { judgedExamples, type RuleExamples } from './rule-examples.ts';

/** Requests that are tried; each slate of each is looked at. */
const REQUESTS = 60;
const WHERE = 'request r1';

/** Checks for a rule of one's own, whatever runs tests: `for (const { name, run } of ruleConformance(mine, examples)) test(name, run)`. */
export function ruleConformance<N extends string, V, E>(
  rule: RuleDefinition<N, V, E>,
  given: RuleExamples<E>,
): readonly Check[] {
  checkMade(rule, ruleForm, 'ruleConformance');
  const examples = judgedExamples(given, rule);
  const { entries, keeps } = examples;
  const kinds: RuleRegistry = ruleKinds.all.includes(rule as RuleDefinition)
    ? ruleKinds
    : ruleKinds.with([rule as RuleDefinition]);
  const check = (name: string, run: () => void): Check => ({ name: `${rule.name}: ${name}`, run });
  const fail = (expected: string, found: unknown): never => {
    throw new Error(
      `rule "${rule.name}": expected ${expected}, found ${typeof found === 'string' ? found : JSON.stringify(found)}`,
    );
  };
  const requests = (): readonly Tried<E>[] => Array.from({ length: REQUESTS }, (_, seed) => tried(seed, examples));
  const compiled = (rules: AnyRules, { candidates, size }: Tried<E>): SlateRules =>
    compileRules(rules, { candidates, size, where: WHERE, kinds });
  const rulesOf = (entry: E): AnyRules => ({ [rule.name]: rule.valueOf([entry]) });
  const slateOf = (order: readonly number[], { candidates }: Tried<E>): readonly Candidate[] =>
    order.map((n) => candidates[n]);

  return [
    check('offers and permits exactly the slates that its meaning keeps', () => {
      for (const request of requests()) {
        const { entry, candidates, size } = request;
        const kept = (length: number): readonly string[] =>
          orders(candidates.length, length)
            .filter((order) => keeps(entry, slateOf(order, request), candidates))
            .map(String);
        const told = `${rule.sentence(entry)}, slates of ${size} of ${JSON.stringify(candidates)}`;
        const rules = orRefusal(() => compiled(rulesOf(entry), request));
        if (rules instanceof InputError) {
          if (rule.refusal(entry, createRuleRequest(candidates, size)) !== undefined) continue;
          if (kept(size).length > 0) fail(`the slate ${kept(size)[0]} (${told})`, `none: ${rules.message}`);
          continue;
        }
        const K = rules.start.length;
        if (K < size && kept(size).length > 0) fail(`slates of ${size} (${told})`, `slates of ${K}`);
        const expected = kept(K);
        const permitted = orders(candidates.length, K).filter((order) => rules.permits(Int32Array.from(order)));
        if (!isDeepStrictEqual(permitted.map(String), expected)) fail(`to permit ${expected} (${told})`, permitted);
        const reached = grown(rules, rules.start).sort();
        if (!isDeepStrictEqual(reached, [...expected].sort())) fail(`to offer ${expected} (${told})`, reached);
      }
    }),
    check('is kept by some slates and broken by others', () => {
      const judged = requests().flatMap((request) =>
        orders(request.candidates.length, request.size).map((order) =>
          keeps(request.entry, slateOf(order, request), request.candidates),
        ),
      );
      for (const outcome of [true, false])
        if (!judged.includes(outcome)) fail(`examples that some slates ${outcome ? 'keep' : 'break'}`, 'none');
    }),
    check('is named where it conflicts with another rule', () => {
      for (const request of requests()) {
        const { entry, candidates, size } = request;
        const broken = orders(candidates.length, size).find(
          (order) => !keeps(entry, slateOf(order, request), candidates),
        );
        if (broken === undefined) continue;
        const pins = broken.map((n, position) => ({ item: candidates[n].id, position }));
        const pinned = rule.name === 'pin' ? {} : { pin: pins };
        const refused = orRefusal(() => compiled({ ...pinned, ...rulesOf(entry) }, request));
        // An exclusion may leave too few candidates for all pins.
        const isNamed = (message: string): boolean =>
          [rule.sentence(entry), 'expected a position below', 'the rules exclude all', `${rule.name}: `].some((words) =>
            message.includes(words),
          );
        if (refused instanceof InputError && !isNamed(refused.message))
          fail(`a conflict that names "${rule.sentence(entry)}"`, refused.message);
        if (!(refused instanceof InputError) && rule.name !== 'pin')
          fail(`a conflict of "${rule.sentence(entry)}" with pins of ${broken}`, 'none');
      }
    }),
    check('says each entry in one line of words, no two alike', () => {
      const sentences = entries.map((entry) => rule.sentence(entry));
      for (const sentence of sentences)
        if (typeof sentence !== 'string' || !/^\S.*$/.test(sentence) || sentence.includes('\n'))
          fail('a line of words', sentence);
      if (new Set(sentences).size < sentences.length) fail('a sentence of its own for each entry', sentences);
    }),
    check('is the same when written as JSON and read again', () => {
      for (const entry of entries) {
        const value = rule.valueOf([entry]);
        const read = rule.schema.safeParse(JSON.parse(JSON.stringify(value)));
        if (!read.success) return fail(`${JSON.stringify(value)} to be read`, read.error.message);
        if (!isDeepStrictEqual(read.data, value)) fail(`${JSON.stringify(value)} again`, read.data);
        if (!isDeepStrictEqual(rule.entriesOf(read.data), [entry]))
          fail(JSON.stringify([entry]), rule.entriesOf(read.data));
      }
    }),
    check('loses no key of an entry in silence', () => {
      for (const entry of entries) {
        const value = rule.valueOf([entry]);
        for (const more of withUnknownKey(value)) {
          const read = rule.schema.safeParse(more);
          if (read.success && isDeepStrictEqual(read.data, value))
            fail(
              'an unknown key to be refused (z.strictObject does)',
              `that ${JSON.stringify(more)} is read without it`,
            );
        }
      }
    }),
    check('names every field that it reads', () => {
      for (const { entry, candidates, size } of requests()) {
        const read = new Set<string>();
        const watched = candidates.map(({ id, fields }) => ({ id, fields: watching(fields, read) }));
        rule.demands(entry, createRuleRequest(watched, size));
        const named = rule.names(entry).map(({ field }) => field);
        for (const field of read)
          if (!named.includes(field)) fail(`${JSON.stringify(field)} among the fields that it names`, named);
      }
    }),
    check('demands the same with only the entries that concern a candidate', () => {
      for (const request of requests()) {
        const { candidates } = request;
        const all = rulesOf(request.entry);
        const [whole, shorter] = [all, relevantRules(all, candidates, kinds)].map((rules) =>
          orRefusal(() => compiled(rules, request)),
        );
        const permitted = (rules: SlateRules | InputError): unknown =>
          rules instanceof InputError
            ? rules.message
            : orders(candidates.length, rules.start.length).filter((order) => rules.permits(Int32Array.from(order)));
        if (!isDeepStrictEqual(permitted(whole), permitted(shorter)))
          fail(`the slates of "${rule.sentence(request.entry)}"`, permitted(shorter));
      }
    }),
  ];
}

interface Tried<E> {
  readonly entry: E;
  /** 1 to 6; they cannot be changed. */
  readonly candidates: readonly Candidate[];
  /** 1 to 3, and no more than there are candidates. */
  readonly size: number;
}

function tried<E>(seed: number, { entries, fields }: RuleExamples<E>): Tried<E> {
  const rng = createRng(`rule conformance ${seed}`);
  const candidates = Array.from({ length: 1 + rng.integer(6) }, (_, n) =>
    Object.freeze({ id: `i${n}`, fields: Object.freeze(fields(() => rng.next())) }),
  );
  const size = Math.min(candidates.length, 1 + rng.integer(3));
  return { entry: entries[seed % entries.length], candidates: Object.freeze(candidates), size };
}

function orRefusal(compile: () => SlateRules): SlateRules | InputError {
  try {
    return compile();
  } catch (error) {
    if (error instanceof InputError && error.code === 'rules-cannot-hold') return error;
    throw error;
  }
}

/** Every ordered slate of K of N. */
function orders(N: number, K: number): readonly (readonly number[])[] {
  if (K === 0) return [[]];
  const all = Array.from({ length: N }, (_, n) => n);
  return orders(N, K - 1).flatMap((head) => all.filter((n) => !head.includes(n)).map((n) => [...head, n]));
}

/** All slates that choices lead to. */
function grown(rules: SlateRules, places: Int32Array): string[] {
  const place = places.indexOf(-1);
  if (place < 0) return [String(places)];
  return rules.choices(places).flatMap((n) => grown(rules, places.with(place, n)));
}

/** The same fields; tells which are asked for. */
const watching = (fields: Fields, read: Set<string>): Fields => {
  const tell = <T>(name: PropertyKey, value: T): T => {
    if (typeof name === 'string') read.add(name);
    return value;
  };
  return new Proxy(
    { ...fields },
    {
      get: (target, name) => tell(name, Reflect.get(target, name)),
      getOwnPropertyDescriptor: (target, name) => tell(name, Reflect.getOwnPropertyDescriptor(target, name)),
    },
  );
};

/** The same value with a key that nobody knows, in each of its objects in turn. */
function withUnknownKey(value: unknown): readonly unknown[] {
  if (Array.isArray(value))
    return value.flatMap((part, at) => withUnknownKey(part).map((changed) => value.with(at, changed)));
  if (!isPlainRecord(value)) return [];
  const inner = Object.entries(value).flatMap(([key, part]) =>
    withUnknownKey(part).map((changed) => ({ ...value, [key]: changed })),
  );
  return [{ ...value, unheardOf: 1 }, ...inner];
}
