import { InputError } from '../../slate/input-error.ts';
import { nearestName, unknownName } from '../../slate/nearest-name.ts';
import type { Candidate, FieldScalar } from './candidate.ts';
import type { KnownFields } from './known-fields.ts';
import { valuesByField } from './relevant-rules.ts';
import type { Rules } from './rules.ts';

/** Warnings that are told in full. */
const TOLD = 10;
/** Values among which the nearest is looked for. */
const COMPARED = 2000;

export interface NameCheck {
  readonly candidates: readonly Candidate[];
  /** What is known of items beside the candidates; asked about a field, and of it a value, that no candidate has. */
  readonly known: (field: string, value?: FieldScalar) => KnownFields;
  /** Opens the sentence of an error. */
  readonly where: string;
}

/**
 * Whether there is such a field and such a value as rules name: a rule on another would be kept by doing nothing. Throws `InputError` for a field that no candidate and no
 * known item has. Gives a sentence for each value that none has: it may come later.
 */
export function checkNames(rules: Rules, { candidates, known, where }: NameCheck): readonly string[] {
  const named = namesIn(rules);
  const here = valuesByField(new Set(named.map(({ field }) => field)), candidates);
  const warnings: string[] = [];
  let untold = 0;
  for (const { kind, field, value } of named) {
    const own = here.get(field);
    if (own && (value === undefined || own.has(value))) continue;
    const { names, valuesOf } = known(field, value);
    const others = valuesOf(field);
    if (!own && !others)
      throw new InputError(
        `${where}: ${kind}: field: ${unknownField(field, [...names, ...fieldsOf(candidates)])}`,
        'unknown-field',
      );
    if (value === undefined || others?.has(value)) continue;
    if (warnings.length < TOLD)
      warnings.push(
        `${kind}: no known item has ${JSON.stringify(value)} as its ${field}${meant(value, [...(own ?? []), ...(others ?? [])])}`,
      );
    else untold++;
  }
  return untold > 0 ? [...warnings, `and ${untold} more rules on values that no known item has`] : warnings;
}

interface Named {
  readonly kind: keyof Rules;
  readonly field: string;
  readonly value?: FieldScalar | undefined;
}

function namesIn({
  excludeWhere = [],
  atMost = [],
  atLeast = [],
  unique = [],
  minExposure = [],
}: Rules): readonly Named[] {
  const of = (kind: keyof Rules, rules: readonly Omit<Named, 'kind'>[]): readonly Named[] =>
    rules.map(({ field, value }) => ({ kind, field, value }));
  return [
    ...of('excludeWhere', excludeWhere),
    ...of('atMost', atMost),
    ...of('atLeast', atLeast),
    ...of(
      'unique',
      unique.map((field) => ({ field })),
    ),
    ...of('minExposure', minExposure),
  ];
}

const fieldsOf = (candidates: readonly Candidate[]): readonly string[] =>
  candidates.flatMap(({ fields }) => Object.keys(fields));

function unknownField(field: string, names: readonly string[]): string {
  const known = [...new Set(names)];
  if (known.length === 0)
    return `expected a field of an item, found ${JSON.stringify(field)}, and no item with any field; tell the items' fields in item events`;
  const last = field.slice(field.lastIndexOf('.') + 1);
  const prefixed = last !== field && known.includes(last);
  return unknownName(field, known) + (prefixed ? ' Rules name the fields of items without a prefix' : '');
}

/** `; did you mean "category 7"?`: first the same but for its type or the case of its letters. */
function meant(value: FieldScalar, values: readonly FieldScalar[]): string {
  const text = String(value).toLowerCase();
  const same = values.find((each) => String(each).toLowerCase() === text);
  if (same !== undefined) return `; did you mean ${JSON.stringify(same)}?`;
  const texts = values.slice(0, COMPARED).map(String);
  const near = typeof value === 'string' ? nearestName(value, texts) : undefined;
  return near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
}
