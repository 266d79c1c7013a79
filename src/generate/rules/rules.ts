import type { z } from 'zod';
import { checkMade } from '../../slate/check-definition.ts';
import { InputError } from '../../slate/input-error.ts';
import { CHOOSE_OR_BRING } from '../../slate/nearest-name.ts';
import type { OwnFunction } from '../../slate/own-function.ts';
import { readBy } from '../../slate/own-schema.ts';
import { createRegistry, type Registry } from '../../slate/registry.ts';
import { issueOf, issuePlace, strictObject } from '../../slate/strict-schema.ts';
import { atLeast } from './at-least.ts';
import { atMost } from './at-most.ts';
import { type RuleDefinition, ruleForm } from './define-rule.ts';
import { exclude } from './exclude.ts';
import { excludeWhere } from './exclude-where.ts';
import { keepFirst } from './keep-first.ts';
import { minExposure } from './min-exposure.ts';
import { pin } from './pin.ts';
import { unique } from './unique.ts';

/** Kinds of rules by name. */
export type RuleRegistry = Registry<RuleDefinition>;

/** The kinds of rules of the program, one line each, in the order in which they are told. Types of declarations are written, not inferred: hence `as`. */
const builtIn = {
  pin: pin as typeof pin,
  exclude: exclude as typeof exclude,
  excludeWhere: excludeWhere as typeof excludeWhere,
  atMost: atMost as typeof atMost,
  atLeast: atLeast as typeof atLeast,
  unique: unique as typeof unique,
  keepFirst: keepFirst as typeof keepFirst,
  minExposure: minExposure as typeof minExposure,
};
type BuiltIn = typeof builtIn;

export const ruleKinds: RuleRegistry = createRegistry<RuleDefinition>('rule', Object.values(builtIn));

/**
 * What a business may demand of every slate, as plain JSON: what each rule means stands in its own file. Positions are 0-based. A field that is a list counts for each of
 * its values; a missing field has no value. Values are compared as JSON writes them: `1` is not `"1"`.
 */
export type Rules = { readonly [name in keyof BuiltIn]?: z.output<BuiltIn[name]['schema']> | undefined };

/** The same with rules of a caller's own kinds, by name. */
export type AnyRules = Readonly<Record<string, unknown>>;

/**
 * Rules of a caller's own kind, with their types: `{ unique: ['shop'], ...rulesOf(priceApart, [{ share: 0.05 }]) }`. They are read where they are used. Throws `InputError` for a kind that
 * `defineRule` did not make, and where there are no rules.
 */
export function rulesOf<V>(kind: RuleDefinition<string, V>, value: V): Rules {
  checkMade(kind, ruleForm, 'rulesOf');
  // Rules that are undefined are left out.
  if (value === undefined)
    throw new InputError(
      `rulesOf: expected rules of "${kind.name}", found nothing; give them, or leave out the call`,
      'invalid-rules',
    );
  return { [kind.name]: value };
}

/** Of each registry the schema of its rules: making one costs more than a parse. */
const schemas = new WeakMap<RuleRegistry, z.ZodType<AnyRules>>();

function schemaOf(kinds: RuleRegistry): z.ZodType<AnyRules> {
  const known = schemas.get(kinds);
  if (known) return known;
  const made = strictObject(Object.fromEntries(kinds.all.map(({ name, schema }) => [name, schema.optional()])), {
    otherwise: CHOOSE_OR_BRING,
  });
  schemas.set(kinds, made);
  return made;
}

/** The rule whose schema throws. */
function throwing(json: unknown, kinds: RuleRegistry): OwnFunction {
  const found = kinds.all.find(({ name, schema }) => {
    try {
      schema.safeParse((json as Readonly<Record<string, unknown>>)[name]);
      return false;
    } catch {
      return true;
    }
  });
  return { word: 'rule', name: found?.name ?? 'unknown', part: 'schema' };
}

/** Checks the form of rules; whether they can be kept is seen when they meet candidates (`generate/rules/compile-rules.ts`). Throws `InputError`; `where` opens its sentence. */
export function parseRules(json: unknown, where: string, kinds: RuleRegistry = ruleKinds): Rules {
  const parsed = readBy(schemaOf(kinds), json, () => throwing(json, kinds));
  if (parsed.success) return parsed.data as Rules;
  throw new InputError(`${issuePlace(parsed.error, where)}: ${issueOf(parsed.error, json)}`, 'invalid-rules');
}

/** The rules that are there, each with its kind, in the order of the registry. Throws `InputError` for a name that is no kind of it. */
export function rulesIn(rules: AnyRules, kinds: RuleRegistry): readonly (readonly [RuleDefinition, unknown])[] {
  for (const name of Object.keys(rules)) if (!kinds.has(name)) kinds.named(name);
  return kinds.all.flatMap((kind) => {
    const value = Object.hasOwn(rules, kind.name) ? rules[kind.name] : undefined;
    return value === undefined ? [] : [[kind, value] as const];
  });
}
