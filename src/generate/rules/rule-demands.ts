/** Legend: N candidates. */
import type { Demands, FamilyCount, StandsAt } from '../demands/demand.ts';
import { judgeDemand } from './judge-demand.ts';
import type { RuleRequest } from './rule-request.ts';
import { type AnyRules, type RuleRegistry, rulesIn } from './rules.ts';

/** Everything that rules demand of the slates of a request, and the kinds of rules that exclude candidates. */
export interface RuleDemands extends Demands {
  readonly excluding: readonly string[];
}

/** Asks every rule for its demands. Throws `InputError` for a demand that no slate could be measured by, which a rule of a caller's own may make. */
export function demandsOfRules(rules: AnyRules, request: RuleRequest, kinds: RuleRegistry): RuleDemands {
  const eligibleN = request.candidates.map(() => true);
  const at: StandsAt[] = [];
  const counted: FamilyCount[] = [];
  const excluding = new Set<string>();
  for (const [kind, value] of rulesIn(rules, kinds)) {
    const judged = { rule: kind.name, count: request.candidates.length };
    for (const entry of kind.entriesOf(value)) {
      let family: string | undefined;
      for (const each of kind.demands(entry, request)) {
        const demand = judgeDemand(each, judged);
        if ('never' in demand) {
          for (const n of demand.never) eligibleN[n] = false;
          if (demand.never.length > 0) excluding.add(kind.name);
        } else if ('members' in demand) {
          family ??= JSON.stringify(kind.names(entry).map(({ field }) => field));
          counted.push({ family, demand });
        } else at.push(demand);
      }
    }
  }
  return { eligibleN, at, counted, excluding: [...excluding] };
}
