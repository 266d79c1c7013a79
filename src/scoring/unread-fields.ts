import type { FieldScope } from '../encoding/field-values/field-statistics.ts';
import type { FeatureSchema } from '../encoding/schema/schema.ts';
import type { RankingEvent } from '../slate/events.ts';
import { unknownName } from '../slate/nearest-name.ts';

/**
 * What of a request's fields the model has never met, one sentence each. A field that it knows of items or of users only is named apart: what a request says of it changes
 * nothing.
 */
export function unreadFields({ fields, items }: RankingEvent, schema: FeatureSchema): readonly string[] {
  const notes = new Set<string>();
  const look = (scope: 'ranking' | 'rankedItem', names: readonly string[]): void => {
    for (const name of names) if (!knows(schema, scope, name)) notes.add(sentence(name, scope, schema));
  };
  look('ranking', Object.keys(fields));
  for (const item of items) look('rankedItem', Object.keys(item.fields));
  return [...notes];
}

const knows = (schema: FeatureSchema, scope: FieldScope, name: string): boolean =>
  schema[scope].some((field) => field.name === name);

/** Where the model's log had a field. */
const READ_IN: Readonly<Record<FieldScope, string>> = {
  item: 'in item events',
  user: 'in user events',
  ranking: 'in the fields of the list',
  rankedItem: 'in the fields of a listed item',
};

/** How a field of another scope is told instead. */
const TOLD_BY: Readonly<Record<FieldScope, string>> = {
  item: 'tell it with an item event before you ask (observe in a program)',
  user: 'tell it with a user event before you ask (observe in a program)',
  ranking: "give it in the request's own fields",
  rankedItem: 'give it in the fields of an item in "items"',
};

function sentence(name: string, scope: 'ranking' | 'rankedItem', schema: FeatureSchema): string {
  const place = scope === 'ranking' ? "the request's fields" : 'the fields of a listed item';
  const others: readonly FieldScope[] =
    scope === 'ranking' ? ['rankedItem', 'user', 'item'] : ['item', 'ranking', 'user'];
  const other = others.find((each) => knows(schema, each, name));
  if (other !== undefined)
    return `expected "${name}" ${READ_IN[other]}, where the model read it, found it in ${place}; ${TOLD_BY[other]}`;
  const known = schema[scope].map((field) => field.name);
  if (known.length === 0)
    return `expected no field in ${place}, since the model was trained without any there, found "${name}"; leave it out, or train with it`;
  return `${place}: ${unknownName(name, known)}`;
}
