/** Values of fields that a model reads, held against the kinds that a program has defined, or that the model told from its log. */
import { fieldKinds } from '../encoding/field-kinds/field-kinds.ts';
import { unreadable } from '../encoding/field-kinds/reads-value.ts';
import type { FieldScope } from '../encoding/field-values/field-statistics.ts';
import { standsForNone } from '../encoding/field-values/text-number.ts';
import type { FeatureSchema } from '../encoding/schema/schema.ts';
import type { LogEvent } from '../slate/events.ts';
import { type FieldUpdates, fieldOf } from '../slate/fields.ts';
import { RejectedEvent, show } from '../slate/rejected-event.ts';
import { type FieldDefinitions, overridesOf } from './fields.ts';

/**
 * Checks the fields of events and requests; of those that the model does not read nothing is said. `schema` is the model's: it knows kinds, and the lengths of vectors. The check
 * throws `RejectedEvent` (`bad-value`) for the first value of which its kind reads nothing: it would count as missing, and nobody would know. A text that stands for none in a
 * log (empty, `NULL`) does so here too, unless the program has defined the field.
 */
export function createValueCheck(
  fields: FieldDefinitions | undefined,
  schema: FeatureSchema,
): (event: LogEvent) => void {
  const defined = new Map(Object.entries(fields === undefined ? {} : overridesOf(fields)));

  function check(scope: FieldScope, values: FieldUpdates): void {
    for (const name of Object.keys(values)) {
      const value = fieldOf(values, name);
      if (value === undefined || value === null) continue;
      const read = schema[scope].find((field) => field.name === name);
      const own = defined.get(`${scope}.${name}`);
      const kind = own ?? read?.kind;
      if (kind === undefined || (own === undefined && typeof value === 'string' && standsForNone(value))) continue;
      const expected = unreadable(fieldKinds.named(kind).columns, value, read?.length);
      if (expected !== undefined)
        throw new RejectedEvent(
          'bad-value',
          `expected ${expected} in "${scope}.${name}", which ${own === undefined ? 'the model reads' : 'is defined'} as ${kind}, found ${show(value)}; mend the value, or give null where there is none`,
        );
    }
  }

  return (event) => {
    if (event.event === 'item' || event.event === 'user') check(event.event, event.fields);
    if (event.event !== 'ranking') return;
    check('ranking', event.fields);
    for (const item of event.items) check('rankedItem', item.fields);
  };
}
