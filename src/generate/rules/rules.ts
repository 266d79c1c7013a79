import { z } from 'zod';
import { InputError } from '../../slate/input-error.ts';
import { issueOf, issuePlace, strictObject } from '../../slate/strict-schema.ts';
import type { FieldScalar } from './candidate.ts';

/**
 * What a business may demand of every slate, as plain JSON. Positions are 0-based. A field that is a list counts for each of its values; a missing field has no
 * value. Values are compared as JSON writes them: `1` is not `"1"`.
 */
export interface Rules {
  /** The item stands on this place. */
  readonly pin?: readonly { readonly item: string; readonly position: number }[] | undefined;
  /** Ids that are never shown; ids that are no candidates may be named. */
  readonly exclude?: readonly string[] | undefined;
  /** Items with this value are never shown. */
  readonly excludeWhere?: readonly FieldIs[] | undefined;
  /** At most `count` items with the value; without one, of each value of the field. */
  readonly atMost?:
    | readonly { readonly field: string; readonly value?: FieldScalar | undefined; readonly count: number }[]
    | undefined;
  /** At least `count` items with the value. */
  readonly atLeast?: readonly (FieldIs & { readonly count: number })[] | undefined;
  /** No two items share a value of any of these fields. */
  readonly unique?: readonly string[] | undefined;
  /** The first so many candidates stay on the first places, in their order. */
  readonly keepFirst?: number | undefined;
  /** Items with the value get at least this share of the page's attention; see `attention.ts`. */
  readonly minExposure?: readonly (FieldIs & { readonly share: number })[] | undefined;
}

export interface FieldIs {
  readonly field: string;
  readonly value: FieldScalar;
}

const name = z.string().min(1);
const value = z.union([z.string(), z.number(), z.boolean()]);
const count = z.number().int().min(0);
/** Entries of one kind of rule. Exclusions may be more: those that concern no candidate cost nothing. */
const MOST = 1000;
const some = <S extends z.ZodType>(schema: S): z.ZodOptional<z.ZodArray<S>> => z.array(schema).max(MOST).optional();
const rulesSchema = strictObject({
  pin: some(strictObject({ item: name, position: count })),
  exclude: z.array(name).optional(),
  excludeWhere: z.array(strictObject({ field: name, value })).optional(),
  atMost: some(strictObject({ field: name, value: value.optional(), count })),
  atLeast: some(strictObject({ field: name, value, count })),
  unique: some(name),
  keepFirst: count.optional(),
  minExposure: some(strictObject({ field: name, value, share: z.number().min(0).max(1) })),
});

/** Checks the form of rules; whether they can be kept is seen when they meet candidates (`compile-rules.ts`). Throws `InputError`; `where` opens its sentence. */
export function parseRules(json: unknown, where: string): Rules {
  const parsed = rulesSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new InputError(
    `${where}: ${issuePlace(parsed.error, 'rules')}: ${issueOf(parsed.error, json)}`,
    'invalid-rules',
  );
}
