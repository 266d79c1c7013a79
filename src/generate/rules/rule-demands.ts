/** Legend: N candidates. */
import { InputError } from '../../slate/input-error.ts';
import type { Counted, Demand, Demands, FamilyCount, StandsAt } from '../demands/demand.ts';
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
    for (const entry of kind.entriesOf(value)) {
      const demands = kind.demands(entry, request);
      const checked = { rule: kind.name, count: request.candidates.length };
      let family: string | undefined;
      for (const demand of demands) {
        if ('never' in demand) {
          for (const n of known(demand.never, checked)) eligibleN[n] = false;
          if (demand.never.length > 0) excluding.add(kind.name);
        } else if ('members' in demand) {
          family ??= JSON.stringify(kind.names(entry).map(({ field }) => field));
          counted.push({ family, demand: measured(demand, checked) });
        } else at.push(demand);
      }
    }
  }
  return { eligibleN, at, counted, excluding: [...excluding] };
}

interface Checked {
  readonly rule: string;
  /** N. */
  readonly count: number;
}

/** Candidates ascending, each once. */
function known(members: readonly number[], { rule, count }: Checked): readonly number[] {
  let ascending = true;
  for (let i = 0; i < members.length; i++) {
    const n = members[i];
    if (!(Number.isInteger(n) && n >= 0 && n < count))
      fail(rule, `candidates by their index from 0 to ${count - 1}`, n);
    if (i > 0 && n <= members[i - 1]) ascending = false;
  }
  return ascending ? members : [...new Set(members)].sort((a, b) => a - b);
}

function measured(demand: Counted, checked: Checked): Counted {
  const { atMost = 0, atLeast = 0, share = 0 } = demand;
  for (const count of [atMost, atLeast, share])
    if (!(count >= 0)) fail(checked.rule, 'counts and shares from 0', count);
  const members = known(demand.members, checked);
  return members === demand.members ? demand : { ...demand, members };
}

function fail(rule: string, expected: string, found: Demand | number): never {
  throw new InputError(
    `rule ${rule}: expected ${expected} in its demands, found ${found}; mend the definition of the rule`,
    'invalid-definition',
  );
}
