/** Legend: N candidates, K slate. */
import { InputError } from '../../slate/input-error.ts';
import { isWhole } from '../../slate/places.ts';
import { type ChoiceTask, choicesFor } from '../demands/choices.ts';
import type { Demands } from '../demands/demand.ts';
import { fillingOf, keepsCounts } from '../demands/filling.ts';
import { type DemandGroups, groupDemands } from '../demands/groups.ts';
import { createBudget } from '../demands/node-budget.ts';
import { possible } from '../demands/possible.ts';
import type { SlateRules } from '../generator.ts';
import type { Candidate } from './candidate.ts';
import { conflictOf } from './conflict.ts';
import { demandsOfRules } from './rule-demands.ts';
import { createRuleRequest, type RuleRequest } from './rule-request.ts';
import { type AnyRules, type RuleRegistry, ruleKinds, rulesIn } from './rules.ts';
import { checkSize, slateSize } from './slate-size.ts';

export interface RuleTask {
  /** N candidates, in the order of the request. */
  readonly candidates: readonly Candidate[];
  /** Places asked for; the slate has fewer when fewer candidates are eligible (`slateSize`): `start.length` of the compiled rules. */
  readonly size: number;
  /** Opens the sentence of every error: `request r1`. */
  readonly where: string;
  /** The kinds of rules there are; those of the program unless a caller has more. */
  readonly kinds?: RuleRegistry | undefined;
}

/**
 * Rules for the candidates of one request. `choices` is exact: a candidate is offered if and only if a whole slate that keeps every rule still exists with it there.
 * Without counting rules it costs O(N). Throws `InputError` when no slate keeps all rules, naming a smallest conflict, or when that cannot be decided; `choices`
 * throws in the latter case too. All searches together are bounded, so that this is seen within seconds.
 */
export function compileRules(rules: AnyRules, { candidates, size, where, kinds = ruleKinds }: RuleTask): SlateRules {
  checkSize(size, where);
  const asked = createRuleRequest(candidates, size);
  const asIfAll = demandsOfRules(rules, asked, kinds);
  const K = slateSize(asIfAll, size, where);
  const request = K === size ? asked : { ...asked, size: K };
  checkRefusals(rules, request, { where, kinds });
  const demands = K === size ? asIfAll : demandsOfRules(rules, request, kinds);
  const budget = createBudget();
  const known = possible(demands, { size: K, budget });
  if (known === 'impossible')
    throw new InputError(conflictOf(rules, request, { kinds, where, budget }), 'rules-cannot-hold');
  if (known === 'undecided') {
    throw new InputError(
      `${where}: the rules are too intricate to decide whether any slate keeps them; drop or loosen one`,
      'too-large',
    );
  }
  const { start, groups, unitsK } = known;
  const { eligibleN } = demands;
  const task: ChoiceTask = { groups, demands: neededAlone(demands, groups, K), unitsK, budget, where };
  const counts = groups.capG.length > 0;

  return {
    start,
    isFree: !counts,
    choices(places) {
      if (isWhole(places)) return [];
      if (counts) return choicesFor(task, places);
      const used = new Set(places);
      return candidates.flatMap((_, n) => (eligibleN[n] && !used.has(n) ? [n] : []));
    },
    permits(places) {
      if (places.length !== K || new Set(places).size !== K) return false;
      if (!places.every((n, place) => eligibleN[n] && (start[place] < 0 || start[place] === n))) return false;
      return !counts || keepsCounts(fillingOf(groups, unitsK, places), groups);
    },
  };
}

/** The same; where the rules cannot be kept, what is odd about their names is told too. */
export function compiledWith(warnings: readonly string[], rules: AnyRules, task: RuleTask): SlateRules {
  try {
    return compileRules(rules, task);
  } catch (error) {
    if (!(error instanceof InputError) || warnings.length === 0) throw error;
    throw new InputError(`${error.message} (${warnings.join('; ')})`, error.code, error);
  }
}

/** Throws `InputError` for a rule that cannot even be asked of this request. */
function checkRefusals(
  rules: AnyRules,
  request: RuleRequest,
  { where, kinds }: { readonly where: string; readonly kinds: RuleRegistry },
): void {
  for (const [kind, value] of rulesIn(rules, kinds)) {
    for (const entry of kind.entriesOf(value)) {
      const refusal = kind.refusal(entry, request);
      if (refusal !== undefined) throw new InputError(`${where}: ${refusal}`, 'rules-cannot-hold');
    }
  }
}

/** The groups that something asks for, by themselves: a relaxation with few classes, worth having where caps make many. */
function neededAlone({ eligibleN, counted }: Demands, groups: DemandGroups, size: number): DemandGroups | undefined {
  const needed = counted.filter(({ demand: { atLeast, share } }) => atLeast !== undefined || share !== undefined);
  if (needed.length === 0) return undefined;
  const uncapped = needed.map(({ family, demand }) => ({ family, demand: { ...demand, atMost: undefined } }));
  const alone = groupDemands({ eligibleN, counted: uncapped }, size);
  return alone.classes.length < groups.classes.length ? alone : undefined;
}
