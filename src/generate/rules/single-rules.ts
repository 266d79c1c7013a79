import type { RuleDefinition } from './define-rule.ts';
import { type AnyRules, type RuleRegistry, ruleKinds, rulesIn } from './rules.ts';

/** One demand out of many, to drop, to name or to price by itself. */
export interface SingleRule {
  /** In words, places from 1: `pin i7 at place 1`. */
  readonly sentence: string;
  readonly kind: RuleDefinition;
  /** The entries of its kind that it is: one, or all where they are told as one. */
  readonly entries: readonly unknown[];
}

export interface SingleOptions {
  /** Whether entries that can be told as one demand (excluded ids) are; each stands by itself otherwise. */
  readonly asOne?: boolean;
  readonly kinds?: RuleRegistry | undefined;
}

/** Every demand by itself, in the order of the registry. */
export function singleRules(
  rules: AnyRules,
  { asOne = false, kinds = ruleKinds }: SingleOptions = {},
): readonly SingleRule[] {
  return rulesIn(rules, kinds).flatMap(([kind, value]): readonly SingleRule[] => {
    const entries = kind.entriesOf(value);
    const together = asOne && entries.length > 0 ? kind.together(entries) : undefined;
    if (together !== undefined) return [{ sentence: together, kind, entries }];
    return entries.map((entry) => ({ sentence: kind.sentence(entry), kind, entries: [entry] }));
  });
}

/** The other way round: `joinRules(singleRules(rules))` demands what `rules` does. */
export function joinRules(singles: readonly SingleRule[]): AnyRules {
  const entries = new Map<RuleDefinition, unknown[]>();
  for (const single of singles) {
    const known = entries.get(single.kind);
    if (known) known.push(...single.entries);
    else entries.set(single.kind, [...single.entries]);
  }
  return Object.fromEntries(Array.from(entries, ([kind, all]) => [kind.name, kind.valueOf(all)]));
}
