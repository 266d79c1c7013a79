import type { Candidate } from './candidate.ts';
import { createRuleRequest } from './rule-request.ts';
import { type AnyRules, type RuleRegistry, ruleKinds, rulesIn } from './rules.ts';

/**
 * The same demands without exclusions that concern no candidate, and none twice: what is left is no longer than the candidates and their values, however long a blocklist is.
 */
export function relevantRules<R extends AnyRules>(
  rules: R,
  candidates: readonly Candidate[],
  kinds: RuleRegistry = ruleKinds,
): R {
  const request = createRuleRequest(candidates, candidates.length);
  const shorter = rulesIn(rules, kinds).flatMap(([kind, value]) => {
    const entries = kind.entriesOf(value);
    const left = kind.relevant(entries, request);
    return left === entries ? [] : [[kind.name, kind.valueOf(left)]];
  });
  return { ...rules, ...Object.fromEntries(shorter) };
}
