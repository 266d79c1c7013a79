/** What a program says of its fields: their kinds at run time, and the types of their values when it is compiled. */

import { z } from 'zod';
import { type FieldKind, fieldKindNames, type ValueOfKind } from '../encoding/field-kinds/field-kinds.ts';
import type { FieldScope } from '../encoding/field-values/field-statistics.ts';
import type { FieldOverrides } from '../encoding/schema/schema.ts';
import { InputError } from '../slate/input-error.ts';
import { isPlainRecord } from '../slate/plain-record.ts';
import { foundInstead } from '../slate/rejected-event.ts';
import { issueOf, issuePlace, oneOf, strictObject } from '../slate/strict-schema.ts';

/**
 * Kinds of fields by name. `item` and `user`: what item and user events tell of them. `ranking`: of a list as a whole, such as the query. `rankedItem`: of an item in one
 * list, such as its relevancy. Fields that are not named here are still read, and their kinds are told from their values.
 */
export interface FieldDefinitions {
  readonly item?: Readonly<Record<string, FieldKind>>;
  readonly user?: Readonly<Record<string, FieldKind>>;
  readonly ranking?: Readonly<Record<string, FieldKind>>;
  readonly rankedItem?: Readonly<Record<string, FieldKind>>;
}

/** The values that a field of a kind may have. */
export type ValuesOfKinds = { readonly [kind in FieldKind]: ValueOfKind<kind> };

/** The values that any field may have. */
export type AnyValue = number | string | boolean | Date | readonly string[] | readonly number[];

/** Fields of one scope by name. Where the program has not defined them: any. */
export type FieldsOf<F extends FieldDefinitions, S extends FieldScope> = F extends {
  readonly [scope in S]: infer D extends Readonly<Record<string, FieldKind>>;
}
  ? string extends keyof D
    ? Readonly<Record<string, AnyValue>>
    : { readonly [name in keyof D]?: ValuesOfKinds[D[name]] | undefined }
  : Readonly<Record<string, AnyValue>>;

/** The same in an event that changes what is known: `null` deletes a field. */
export type FieldChanges<F extends FieldDefinitions, S extends FieldScope> = {
  readonly [name in keyof FieldsOf<F, S>]: FieldsOf<F, S>[name] | null;
};

const definitionsSchema = strictObject({
  item: z.record(z.string(), oneOf(fieldKindNames)).optional(),
  user: z.record(z.string(), oneOf(fieldKindNames)).optional(),
  ranking: z.record(z.string(), oneOf(fieldKindNames)).optional(),
  rankedItem: z.record(z.string(), oneOf(fieldKindNames)).optional(),
});

/**
 * Defines the fields of items, users and lists. Events and requests of a model that is trained or opened with them are checked by the compiler: a misspelt name, or a value of
 * another type, is an error. Throws `InputError` for a kind that there is not.
 *
 * @example
 * const fields = defineFields({ item: { price: 'numeric', genres: 'tags' }, user: { age: 'category' } });
 */
export function defineFields<const F extends FieldDefinitions>(fields: F): F {
  overridesOf(fields);
  return fields;
}

/** The kinds as settings name them: `"item.price": "numeric"`. */
export function overridesOf(fields: FieldDefinitions): FieldOverrides {
  const odd = [fields, ...(isPlainRecord(fields) ? Object.values(fields) : [])].find(
    (each) => typeof each === 'object' && !isPlainRecord(each),
  );
  if (odd !== undefined)
    throw new InputError(
      `fields: expected objects such as { item: { price: 'numeric' } }, ${foundInstead(odd, 'mend the definition')}`,
      'invalid-option',
    );
  const parsed = definitionsSchema.safeParse(fields);
  if (!parsed.success)
    throw new InputError(`${issuePlace(parsed.error, 'fields')}: ${issueOf(parsed.error, fields)}`, 'invalid-option');
  return Object.fromEntries(
    Object.entries(fields).flatMap(([scope, kinds]) =>
      Object.entries(kinds ?? {}).map(([name, kind]) => [`${scope}.${name}`, kind as FieldKind]),
    ),
  );
}
