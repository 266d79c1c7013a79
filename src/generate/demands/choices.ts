/** Legend: N candidates, K slate. */
import { InputError } from '../../slate/input-error.ts';
import type { Places } from '../../slate/places.ts';
import { changesToAdmit } from './changed-completion.ts';
import { complete } from './completion.ts';
import { fillingOf, put, takeOut } from './filling.ts';
import type { DemandGroups } from './groups.ts';
import type { NodeBudget } from './node-budget.ts';

export interface ChoiceTask {
  /** Groups of all counting rules. */
  readonly groups: DemandGroups;
  /** Groups of `atLeast` and `minExposure` alone: few classes, so what they forbid is found at once; undefined where there are none, or nothing else. */
  readonly demands: DemandGroups | undefined;
  readonly unitsK: Float64Array;
  /** What all searches of the task may still cost. */
  readonly budget: NodeBudget;
  /** Opens the sentence of an error. */
  readonly where: string;
}

/** Completions kept to be changed: asking more of them costs as much as a search. */
const MOST_KNOWN = 4;

/**
 * Candidates that may take the first empty place such that the rest can be filled, ascending. One completion is searched for; where it can be changed a little
 * to have a candidate on that place (`generate/demands/changed-completion.ts`) that settles it. Only for the others a search decides, which gives another completion.
 */
export function choicesFor({ groups, demands, unitsK, budget, where }: ChoiceTask, places: Places): readonly number[] {
  const filling = fillingOf(groups, unitsK, places);
  const units = unitsK[filling.empties[0]];
  const found = decided(complete(groups, unitsK, filling, budget), where);
  if (found === 'impossible') return [];
  const demanded =
    demands && new Set(choicesFor({ groups: demands, demands: undefined, unitsK, budget, where }, places));
  const known = [changesToAdmit(groups, unitsK, filling, found)];
  const afterFirst = { ...filling, empties: filling.empties.slice(1) };

  const isChoice = (free: readonly number[]): boolean => {
    // A completion takes the first members of a class: if any is beyond it, the last is.
    if (known.some((admits) => admits(free[0]) || admits(free[free.length - 1]))) return true;
    put(filling, groups, free[0], units);
    const after = decided(complete(groups, unitsK, afterFirst, budget), where);
    takeOut(filling, groups, free[0], units);
    if (after === 'impossible') return false;
    known.unshift(changesToAdmit(groups, unitsK, filling, [free[0], ...after]));
    known.splice(MOST_KNOWN);
    return true;
  };
  return groups.classes
    .flatMap(({ groups: groupsOfClass, members }) => {
      if (groupsOfClass.some((g) => filling.countG[g] >= groups.capG[g])) return [];
      const free = members.filter((n) => filling.usedN[n] === 0);
      if (free.length === 0 || demanded?.has(free[0]) === false) return [];
      return isChoice(free) ? free : [];
    })
    .sort((a, b) => a - b);
}

function decided<T>(completion: T | 'undecided', where: string): T {
  if (completion !== 'undecided') return completion;
  throw new InputError(
    `${where}: the rules are too intricate to decide which slates keep them; drop or loosen one, or cap fewer fields`,
    'too-large',
  );
}
