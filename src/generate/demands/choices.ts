/** Legend: N candidates, K slate. */
import { InputError } from '../../slate/input-error.ts';
import type { Places } from '../../slate/places.ts';
import { complete } from './completion.ts';
import { fillingOf, put, takeOut } from './filling.ts';
import type { DemandGroups } from './groups.ts';
import type { NodeBudget } from './node-budget.ts';
import { standIns } from './stand-in.ts';

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

/** Completions kept to stand in for: asking more of them costs as much as a search. */
const MOST_KNOWN = 4;

/**
 * Candidates that may take the first empty place such that the rest can be filled, ascending. One completion is searched for; where a candidate can stand in for some
 * of it (`generate/demands/stand-in.ts`) that settles it, and only for the others a search decides, which gives another completion to stand in for.
 */
export function choicesFor({ groups, demands, unitsK, budget, where }: ChoiceTask, places: Places): readonly number[] {
  const filling = fillingOf(groups, unitsK, places);
  const units = unitsK[filling.empties[0]];
  const found = decided(complete(groups, unitsK, filling, budget), where);
  if (found === 'impossible') return [];
  const demanded =
    demands && new Set(choicesFor({ groups: demands, demands: undefined, unitsK, budget, where }, places));
  const known = [standIns(groups, unitsK, filling, found)];
  const rest = { ...filling, empties: filling.empties.slice(1) };

  const possible = (free: readonly number[]): boolean => {
    // A completion takes the first members of a class: if any is beyond it, the last is.
    if (known.some((standsIn) => standsIn(free[0]) || standsIn(free[free.length - 1]))) return true;
    put(filling, groups, free[0], units);
    const after = decided(complete(groups, unitsK, rest, budget), where);
    takeOut(filling, groups, free[0], units);
    if (after === 'impossible') return false;
    known.unshift(standIns(groups, unitsK, filling, [free[0], ...after]));
    known.splice(MOST_KNOWN);
    return true;
  };
  return groups.classes
    .flatMap(({ groups: groupsOfClass, members }) => {
      if (groupsOfClass.some((g) => filling.countG[g] >= groups.capG[g])) return [];
      const free = members.filter((n) => filling.usedN[n] === 0);
      if (free.length === 0 || demanded?.has(free[0]) === false) return [];
      return possible(free) ? free : [];
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
