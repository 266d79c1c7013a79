/** Legend: N candidates, K slate. */
import { InputError } from '../../slate/input-error.ts';
import { isWhole } from '../../slate/places.ts';
import type { SlateRules } from '../generator.ts';
import type { Candidate } from './candidate.ts';
import { choicesFor } from './choices.ts';
import { conflictOf } from './conflict.ts';
import { fillingOf, keepsCounts } from './filling.ts';
import { createBudget } from './node-budget.ts';
import { checkPins, slateSize } from './pinned.ts';
import { possible, type SettledRules } from './possible.ts';
import { groupByRules, type RuleGroups } from './rule-groups.ts';
import type { Rules } from './rules.ts';

export interface RuleTask {
  /** N candidates, in the order of the request. */
  readonly candidates: readonly Candidate[];
  /** Places asked for; the slate has fewer when fewer candidates are eligible (`slateSize`): `start.length` of the compiled rules. */
  readonly size: number;
  /** Opens the sentence of every error: `request r1`. */
  readonly where: string;
}

/**
 * Rules for the candidates of one request. `choices` is exact: a candidate is offered if and only if a whole slate that keeps every rule still exists with it there.
 * Without counting rules it costs O(N). Throws `InputError` when no slate keeps all rules, naming a smallest conflict, or when that cannot be decided; `choices`
 * throws in the latter case too. All searches together are bounded, so that this is seen within seconds.
 */
export function compileRules(rules: Rules, { candidates, size, where }: RuleTask): SlateRules {
  const K = slateSize(rules, candidates, size, where);
  checkPins(rules, candidates, K, where);
  const budget = createBudget();
  const known = possible(rules, candidates, { size: K, budget });
  if (known === 'impossible')
    throw new InputError(conflictOf(rules, candidates, { size: K, where, budget }), 'rules-cannot-hold');
  if (known === 'undecided') {
    throw new InputError(
      `${where}: the rules are too intricate to decide whether any slate keeps them; drop or loosen one`,
      'too-large',
    );
  }
  const { start, groups, eligibleN, unitsK } = known;
  const demands = demandsOf(rules, candidates, known);
  const counts = groups.capG.length > 0;

  return {
    start,
    choices(places) {
      if (isWhole(places)) return [];
      if (counts) return choicesFor({ groups, demands, unitsK, budget, where }, places);
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
export function compiledWith(warnings: readonly string[], rules: Rules, task: RuleTask): SlateRules {
  try {
    return compileRules(rules, task);
  } catch (error) {
    if (!(error instanceof InputError) || warnings.length === 0) throw error;
    throw new InputError(`${error.message} (${warnings.join('; ')})`, error.code);
  }
}

/** The groups that something asks for, by themselves: a relaxation with few classes, worth having where caps make many. */
function demandsOf(
  { atLeast = [], minExposure = [] }: Rules,
  candidates: readonly Candidate[],
  { groups, eligibleN, start }: SettledRules,
): RuleGroups | undefined {
  if (atLeast.length + minExposure.length === 0) return undefined;
  const demands = groupByRules({ atLeast, minExposure }, candidates, eligibleN, start.length);
  return demands.classes.length < groups.classes.length ? demands : undefined;
}
