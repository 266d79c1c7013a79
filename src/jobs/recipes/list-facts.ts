/** What the test lists are put into groups by. Legend: B lists, S slots. */
import type { Dataset } from '../../datasets/folder/dataset.ts';
import type { Outcomes } from '../../datasets/slate-source/slate-source.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import type { FeatureSchema, Field } from '../../encoding/schema/schema.ts';
import { quarterGroups, textGroups } from '../../measure/gap-groups.ts';
import type { ListFacts } from '../../measure/system-reliability.ts';
import { type Fields, fieldOf, fieldTexts, mergeFields, noFields } from '../../slate/fields.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';

/** Of a `Prepared`, what the facts need. */
export interface FactSource {
  readonly dataset: Pick<Dataset, 'rows'>;
  readonly encoded: Pick<EncodedDataset, 'listB' | 'test'>;
  readonly schema: FeatureSchema;
  /** Of the test lists. */
  readonly outcomes: Pick<Outcomes, 'positionS'>;
  /** Lists that each user had seen, -1 of nobody; where left out, those of this log are counted. */
  readonly seenBeforeB?: readonly number[];
}

/** Where no fields are named: categories of so many values or fewer, and so many of them. */
const MOST_VALUES = 30;
const MOST_FIELDS = 3;

/**
 * Position, lists that the user had seen and values of fields of the items, of the test lists in their order. Fields: those of `by`, else the first categories that have few values. A
 * field of the item on a list goes before one of the item itself. Throws `InputError` for a field that items do not have.
 */
export async function listFacts(source: FactSource, by: readonly string[] | undefined): Promise<ListFacts> {
  const { dataset, encoded, schema, outcomes } = source;
  const named = by ? by.map((name) => known(name, schema)) : categoriesOf(schema);
  const names = named.map(({ name }) => name);
  const wanted = new Set(encoded.test.map((index) => encoded.listB[index]));
  const items = new Map<string, Fields>();
  const seen = new Map<string, number>();
  const before = new Map<number, number>();
  const texts = new Map<number, readonly (readonly (readonly string[])[])[]>();
  for await (const row of dataset.rows()) {
    if (row.kind === 'item') {
      const { item, fields } = row.event;
      items.set(item, mergeFields(items.get(item) ?? noFields, fields));
    } else if (row.kind === 'impression') {
      const { user, items: shown } = row.impression.ranking;
      const lists = seen.get(user) ?? 0;
      seen.set(user, lists + 1);
      if (!wanted.has(row.index)) continue;
      before.set(row.index, user === '' ? -1 : lists);
      texts.set(
        row.index,
        names.map((name) =>
          shown.map(({ id, fields }) => fieldTexts(fieldOf(fields, name) ?? fieldOf(items.get(id) ?? noFields, name))),
        ),
      );
    }
  }
  const lists = Array.from(encoded.test, (index) => encoded.listB[index]);
  const fields = named.map(({ name, kind }, at) => {
    const textsS = lists.flatMap((list) => texts.get(list)?.[at] ?? []);
    return { name, isNumber: kind === 'numeric', textsS };
  });
  const kept = by ? fields : fields.filter(({ textsS }) => isSliced(textsS)).slice(0, MOST_FIELDS);
  return {
    positionS: outcomes.positionS,
    seenBeforeB: source.seenBeforeB ?? lists.map((list) => before.get(list) ?? -1),
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
