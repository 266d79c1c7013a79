/** What the test lists are put into groups by. Legend: B lists, S slots. */
import type { Outcomes } from '../../datasets/slate-source/slate-source.ts';
import type { FeatureSchema, Field } from '../../encoding/schema/schema.ts';
import { quarterGroups, textGroups } from '../../measure/gap-groups.ts';
import type { ListFacts } from '../../measure/system-reliability.ts';
import { fieldTexts } from '../../slate/fields.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { slotValues, type TestSlots } from './test-slots.ts';

export interface FactSource {
  /** With the values of `factFields`. */
  readonly slots: Pick<TestSlots, 'seenBeforeB' | 'valuesS'>;
  readonly schema: FeatureSchema;
  /** Of the test lists. */
  readonly outcomes: Pick<Outcomes, 'positionS'>;
}

/** Where no fields are named: categories of so many values or fewer, and so many of them. */
const MOST_VALUES = 30;
const MOST_FIELDS = 3;

/** Those of `by`, else all categories. Throws `InputError` for a field that items do not have. */
export const factFields = (schema: FeatureSchema, by: readonly string[] | undefined): readonly Field[] =>
  by ? by.map((name) => known(name, schema)) : categoriesOf(schema);

/** Position, lists that the user had seen and values of fields of the items, of the test lists in their order. Fields: those of `by`, else the first categories that have few values. */
export function listFacts({ slots, schema, outcomes }: FactSource, by: readonly string[] | undefined): ListFacts {
  const fields = factFields(schema, by).map(({ name, kind }) => ({
    ...{ name, isNumber: kind === 'numeric', textsS: slotValues(slots, name).map(fieldTexts) },
  }));
  const kept = by ? fields : fields.filter(({ textsS }) => isSliced(textsS)).slice(0, MOST_FIELDS);
  return {
    positionS: outcomes.positionS,
    seenBeforeB: slots.seenBeforeB,
    fields: kept.map(({ name, isNumber, textsS }) =>
      isNumber
        ? quarterGroups(
            name,
            textsS.map(([text]) => Number(text)),
          )
        : textGroups(name, textsS),
    ),
  };
}

function known(name: string, { item, rankedItem }: FeatureSchema): Field {
  const fields = [...rankedItem, ...item];
  const field = fields.find((each) => each.name === name);
  if (field) return field;
  const names = [...new Set(fields.map((each) => each.name))].sort();
  throw new InputError(`by ${name}: ${unknownName(name, names)}`, 'unknown-field');
}

/** Of a name that a list and an item have, the one of the list. */
const categoriesOf = ({ item, rankedItem }: FeatureSchema): readonly Field[] =>
  [...rankedItem, ...item].filter(
    ({ name, kind }, at, all) => kind === 'category' && all.findIndex((each) => each.name === name) === at,
  );

/** Whether a field tells groups apart, and not too many. */
function isSliced(textsS: readonly (readonly string[])[]): boolean {
  const values = new Set<string>();
  for (const texts of textsS) {
    for (const text of texts) values.add(text);
    if (values.size > MOST_VALUES) return false;
  }
  return values.size > 1;
}
