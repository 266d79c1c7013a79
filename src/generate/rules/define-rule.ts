import { z } from 'zod';
import { checkDefinition, type DefinitionForm, type KeysOf } from '../../slate/check-definition.ts';
import { InputError } from '../../slate/input-error.ts';
import { guarded, wrongAnswer } from '../../slate/own-function.ts';
import { isSchema } from '../../slate/own-schema.ts';
import type { Named } from '../../slate/registry.ts';
import { show } from '../../slate/rejected-event.ts';
import type { Demand } from '../demands/demand.ts';
import type { FieldScalar } from './candidate.ts';
import { ruleAnswers } from './rule-answers.ts';
import type { RuleRequest } from './rule-request.ts';

/** A field that a rule names, and a value where it names one. */
export interface NamedField {
  readonly field: string;
  readonly value?: FieldScalar | undefined;
}

/** What one kind of rule is: all that parsing, naming, searching and pricing know of it. V is what stands in the JSON of rules under its name, E one demand of it. */
export interface RuleDefinition<N extends string = string, V = unknown, E = unknown> {
  readonly kind: 'rule';
  readonly name: N;
  readonly schema: z.ZodType<V>;
  /** The single demands; none where it demands nothing. */
  entriesOf(value: V): readonly E[];
  /** The other way round. */
  valueOf(entries: readonly E[]): V;
  /** The demand in words. */
  sentence(entry: E): string;
  /** All entries as one demand in words; undefined where each is told by itself. */
  together(entries: readonly E[]): string | undefined;
  /** The fields and values of items that it names. */
  names(entry: E): readonly NamedField[];
  /** Why a request cannot even be asked so; undefined where it can. */
  refusal(entry: E, request: RuleRequest): string | undefined;
  /** The entries that concern a candidate at all, each once. */
  relevant(entries: readonly E[], request: RuleRequest): readonly E[];
  /** What it asks of the slates of a request. */
  demands(entry: E, request: RuleRequest): readonly Demand[];
}

/** What the writer of a rule says of one entry E. */
export interface RuleParts<E> {
  /** The demand in words, with all that tells it from another of its kind, places from 1: `pin i7 at place 1`. Conflicts and prices name it so. */
  sentence(entry: E): string;
  /** The fields and values of items that it names: a misspelt one is told. */
  names(entry: E): readonly NamedField[];
  /** What it asks of the slates of a request. */
  demands(entry: E, request: RuleRequest): readonly Demand[];
  /** Why a request cannot even be asked so, as `<rule>: expected ..., found ...; <what to do>`; undefined where it can. */
  readonly refusal?: (entry: E, request: RuleRequest) => string | undefined;
}

/** A rule whose JSON is a list of entries, each a demand by itself: `"pin": [{ "item": "i7", "position": 0 }]`. */
export interface RuleOfEntries<N extends string, E> extends RuleParts<E> {
  readonly name: N;
  /** Of one entry. */
  readonly schema: z.ZodType<E>;
  /** Entries that a request may have; 1,000 unless told otherwise. */
  readonly most?: number;
  /** All entries in words as one demand, where a price for each would be too many. */
  readonly together?: (entries: readonly E[]) => string;
  /** The entries that concern a candidate at all, each once; all without it. */
  readonly relevant?: (entries: readonly E[], request: RuleRequest) => readonly E[];
}

/** A rule whose JSON is one value: `"keepFirst": 2`. */
export interface RuleOfValue<N extends string, V> extends RuleParts<V> {
  readonly name: N;
  readonly schema: z.ZodType<V>;
  /** Whether this value demands nothing of any slate, as 0 of `keepFirst`; none does without it. */
  readonly idle?: (value: V) => boolean;
}

const shared = { name: true, schema: true, sentence: true, names: true, demands: true, refusal: true } as const;
const keysOfEntries: KeysOf<RuleOfEntries<string, unknown>> = { ...shared, most: true, together: true, relevant: true };
const keysOfValue: KeysOf<RuleOfValue<string, unknown>> = { ...shared, idle: true };

/** What is asked of a definition, and of what is made of one. */
export const ruleForm: DefinitionForm = {
  call: 'defineRule',
  word: 'rule',
  keys: keysOfEntries,
  functions: {
    sentence: 'a function from an entry to words',
    names: 'a function from an entry to the fields that it names',
    demands: 'a function from an entry and a request to demands',
  },
  optional: ['refusal', 'together', 'relevant'],
  makes: ['entriesOf', 'valueOf', 'sentence', 'together', 'names', 'refusal', 'relevant', 'demands'],
};
const valueForm: DefinitionForm = {
  ...ruleForm,
  call: 'defineValueRule',
  keys: keysOfValue,
  optional: ['refusal', 'idle'],
};

/** Entries of one kind of rule. */
const MOST = 1000;

/** A kind of rule with a list of entries, out of its parts. Throws `InputError` where one is missing, which callers without types would find out late. */
export function defineRule<N extends string, E>(rule: RuleOfEntries<N, E>): RuleDefinition<N, readonly E[], E> {
  checkDefinition(rule, ruleForm);
  checkSchema(rule);
  const { name, schema, most = MOST } = rule;
  if (most !== Infinity && !(Number.isInteger(most) && most >= 1))
    throw wrong(
      rule,
      `most: expected a whole number from 1, or Infinity, found ${show(most)}; leave it out for ${MOST}`,
    );
  return {
    kind: 'rule',
    name,
    schema: most < Infinity ? z.array(schema).max(most) : z.array(schema),
    entriesOf: (value) => value,
    valueOf: (entries) => entries,
    ...partsOf(rule),
    together: rule.together === undefined ? () => undefined : judged(name, 'together', rule.together),
    relevant: rule.relevant === undefined ? (entries) => entries : ofTheGiven(name, rule.relevant),
  };
}

/** The same for a kind of rule with one value. */
export function defineValueRule<N extends string, V>(rule: RuleOfValue<N, V>): RuleDefinition<N, V, V> {
  checkDefinition(rule, valueForm);
  checkSchema(rule);
  const { name, schema } = rule;
  const idle = rule.idle === undefined ? () => false : judged(name, 'idle', rule.idle);
  return {
    kind: 'rule',
    name,
    schema,
    entriesOf: (value) => (idle(value) ? [] : [value]),
    valueOf: (entries) => entries[entries.length - 1],
    ...partsOf(rule),
    together: () => undefined,
    relevant: (entries) => entries,
  };
}

/** What both sorts have, judged whenever it is asked. */
function partsOf<E>({ name, sentence, names, demands, refusal }: RuleParts<E> & Named): Required<RuleParts<E>> {
  return {
    sentence: judged(name, 'sentence', sentence),
    names: judged(name, 'names', names),
    demands: judged(name, 'demands', demands),
    refusal: refusal === undefined ? () => undefined : judged(name, 'refusal', refusal),
  };
}

/** The same function; where it answers with an entry that it was not given, it throws an `InputError`: no caller asked for that. */
function ofTheGiven<E>(
  name: string,
  relevant: (entries: readonly E[], request: RuleRequest) => readonly E[],
): (entries: readonly E[], request: RuleRequest) => readonly E[] {
  const call = judged(name, 'relevant', relevant);
  return (entries, request) => {
    const given = new Set(entries);
    const left = call(entries, request);
    const foreign = left.findIndex((entry) => !given.has(entry));
    if (foreign < 0) return left;
    throw wrongAnswer({ word: 'rule', name, part: 'relevant' }, 'some of the entries that it was given', left[foreign]);
  };
}

const judged = <F extends (...given: never[]) => unknown>(name: string, part: keyof typeof ruleAnswers, call: F): F =>
  guarded(call, { word: 'rule', name, part, ...ruleAnswers[part] });

function checkSchema(rule: Named & { readonly schema: unknown }): void {
  if (!isSchema(rule.schema))
    throw wrong(rule, `schema: expected a Zod schema of one entry, found ${show(rule.schema)}; give one`);
}

const wrong = ({ name }: Named, what: string): InputError =>
  new InputError(`rule "${name}": ${what}`, 'invalid-definition');
