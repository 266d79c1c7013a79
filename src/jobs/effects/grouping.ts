import type { FeatureSchema } from '../../encoding/schema/schema.ts';
import { fieldTexts } from '../../slate/fields.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import type { ShownItem } from './shown-lists.ts';

/** What stands for one side of a pair: items, or the values or steps of a field. */
export interface Grouping {
  /** `items`, or the field's name. */
  readonly name: string;
  /** Of each group. */
  readonly labels: readonly string[];
  /** Groups of an item as shown; several where its field has several values, none where it has none. */
  groupsOf(item: ShownItem): readonly number[];
}

/** Each item by itself. */
export const ITEMS = 'items';

/** Steps of a number: quarters of what was shown. */
const STEPS = 4;

/** Groups of what these lists show. Throws `InputError` as `groupedKind` does. */
export function groupingBy(
  name: string,
  { shown, schema }: { readonly shown: readonly (readonly ShownItem[])[]; readonly schema: FeatureSchema },
): Grouping {
  if (name === ITEMS) return byText(name, shown, ({ id }) => [id]);
  return groupedKind(name, schema) === 'numeric'
    ? bySteps(name, shown)
    : byText(name, shown, ({ fields }) => fieldTexts(fields[name]));
}

/** The kind of a field whose values make groups; texts do, whether or not a model reads them. Throws `InputError` where items do not have it, or it makes none. */
export function groupedKind(name: string, schema: FeatureSchema): string {
  const kind = kindOf(name, schema, 'by');
  if (kind !== 'time' && kind !== 'vector') return kind;
  throw new InputError(
    `by ${name}: expected texts or a number, found a ${kind}; name another field, or give it a kind in "fields" of the settings`,
    'unknown-field',
  );
}

/** The kind of a field of items. Throws `InputError` where they have none of this name. */
export function kindOf(name: string, { item, rankedItem }: FeatureSchema, option: string): string {
  const fields = [...rankedItem, ...item];
  const field = fields.find((each) => each.name === name);
  if (field) return field.kind;
  const names = [...new Set(fields.map((each) => each.name))].sort();
  throw new InputError(`${option} ${name}: ${unknownName(name, names)}`, 'unknown-field');
}

function byText(
  name: string,
  shown: readonly (readonly ShownItem[])[],
  textsIn: (item: ShownItem) => readonly string[],
): Grouping {
  const numbers = new Map<string, number>();
  for (const items of shown)
    for (const item of items) for (const text of textsIn(item)) if (!numbers.has(text)) numbers.set(text, numbers.size);
  const groupsOf = (item: ShownItem): readonly number[] =>
    textsIn(item).flatMap((text) => {
      const group = numbers.get(text);
      return group === undefined ? [] : [group];
    });
  return { name, labels: [...numbers.keys()], groupsOf };
}

/** Each step up to a quarter of the showings; equal numbers are in one step. */
function bySteps(name: string, shown: readonly (readonly ShownItem[])[]): Grouping {
  const numberIn = ({ fields }: ShownItem): number => {
    const value = fields[name];
    return value === undefined || Array.isArray(value) ? Number.NaN : Number(value);
  };
  const values = Float64Array.from(
    shown.flatMap((items) => items.map(numberIn)).filter((value) => Number.isFinite(value)),
  ).sort();
  const quantiles = Array.from(
    { length: STEPS - 1 },
    (_, at) => values[Math.floor(((at + 1) * values.length) / STEPS)],
  );
  const starts = [...new Set([values[0], ...quantiles])].filter((start) => start !== undefined);
  const labels = starts.map((start, step) =>
    step + 1 < starts.length ? `${start} to below ${starts[step + 1]}` : `${start} and more`,
  );
  const groupsOf = (item: ShownItem): readonly number[] => {
    const step = starts.findLastIndex((start) => start <= numberIn(item));
    return step < 0 ? [] : [step];
  };
  return { name, labels, groupsOf };
}
