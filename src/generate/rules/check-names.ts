import { InputError } from '../../slate/input-error.ts';
import { nearestName, unknownName } from '../../slate/nearest-name.ts';
import type { Candidate, FieldScalar } from './candidate.ts';
import type { NamedField } from './define-rule.ts';
import type { KnownFields } from './known-fields.ts';
import { createRuleRequest } from './rule-request.ts';
import { type AnyRules, type RuleRegistry, ruleKinds, rulesIn } from './rules.ts';

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
  /** The kinds of rules there are; those of the program unless a caller has more. */
  readonly kinds?: RuleRegistry | undefined;
}

/**
 * Whether there is such a field and such a value as rules name: a rule on another would be kept by doing nothing. Throws `InputError` for a field that no candidate and no
 * known item has. Gives a sentence for each value that none has: it may come later.
 */
export function checkNames(
  rules: AnyRules,
  { candidates, known, where, kinds = ruleKinds }: NameCheck,
): readonly string[] {
  const { byValue } = createRuleRequest(candidates, candidates.length);
  const warnings: string[] = [];
  let untold = 0;
  for (const { kind, field, value } of namesIn(rules, kinds)) {
    const own = byValue(field);
    if (own.size > 0 && (value === undefined || own.has(value))) continue;
    const { names, valuesOf } = known(field, value);
    const others = valuesOf(field);
    if (own.size === 0 && !others)
      throw new InputError(
        `${where}: ${kind}: field: ${unknownField(field, [...names, ...fieldsOf(candidates)])}`,
        'unknown-field',
      );
    if (value === undefined || others?.has(value)) continue;
    if (warnings.length < TOLD)
      warnings.push(
        `${kind}: no known item has ${JSON.stringify(value)} as its ${field}${meant(value, [...own.keys(), ...(others ?? [])])}`,
      );
    else untold++;
  }
  return untold > 0 ? [...warnings, `and ${untold} more rules on values that no known item has`] : warnings;
}

interface Named extends NamedField {
  /** The rule that names it. */
  readonly kind: string;
}

function namesIn(rules: AnyRules, kinds: RuleRegistry): readonly Named[] {
  const found: Named[] = [];
  for (const [kind, value] of rulesIn(rules, kinds))
    for (const entry of kind.entriesOf(value))
      for (const named of kind.names(entry)) found.push({ kind: kind.name, field: named.field, value: named.value });
  return found;
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
