/** Values of fields that a program has defined, held against their kinds. */
import { fieldKinds } from '../encoding/field-kinds/field-kinds.ts';
import { unreadable } from '../encoding/field-kinds/reads-value.ts';
import type { FieldScope } from '../encoding/field-values/field-statistics.ts';
import type { FeatureSchema } from '../encoding/schema/schema.ts';
import type { LogEvent } from '../slate/events.ts';
import { type FieldUpdates, fieldOf } from '../slate/fields.ts';
import { RejectedEvent, show } from '../slate/rejected-event.ts';
import { type FieldDefinitions, overridesOf } from './fields.ts';

/**
 * Checks the fields of events and requests that `fields` defines; of others nothing is said. `schema` is the model's: it knows the lengths of vectors. The check throws
 * `RejectedEvent` (`bad-value`) for the first value of which its kind reads nothing: it would count as missing, and nobody would know.
 */
export function createValueCheck(
  fields: FieldDefinitions | undefined,
  schema: FeatureSchema,
): (event: LogEvent) => void {
  const kinds = new Map(Object.entries(fields === undefined ? {} : overridesOf(fields)));
  if (kinds.size === 0) return () => undefined;

  function check(scope: FieldScope, values: FieldUpdates): void {
    for (const name of Object.keys(values)) {
      const value = fieldOf(values, name);
      const kind = kinds.get(`${scope}.${name}`);
      if (kind === undefined || value === undefined || value === null) continue;
      const { length } = schema[scope].find((field) => field.name === name) ?? {};
      const expected = unreadable(fieldKinds.named(kind).columns, value, length);
      if (expected !== undefined)
        throw new RejectedEvent(
          'bad-value',
          `expected ${expected} in "${scope}.${name}", which is defined as ${kind}, found ${show(value)}; mend the value, or give null where there is none`,
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
