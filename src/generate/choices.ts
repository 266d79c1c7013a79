/** Legend: N candidates, G groups, E empty places. */
import { InputError } from '../slate/input-error.ts';
import type { Places } from '../slate/places.ts';
import { complete } from './completion.ts';
import { type Filling, fillingOf, lift, put } from './filling.ts';
import type { RuleGroups } from './rule-groups.ts';

/**
 * Candidates that may take the first empty place such that the rest can be filled, ascending. One completion is searched for; a candidate that can stand in for one of
 * its items is known to be possible at once, and only for the others a search decides.
 */
export function choicesFor(groups: RuleGroups, unitsK: Float64Array, places: Places, where: string): readonly number[] {
  const filling = fillingOf(groups, unitsK, places);
  const units = unitsK[filling.empties[0]];
  const found = decided(complete(groups, unitsK, filling), where);
  if (found === 'impossible') return [];
  const standsIn = standIns(groups, unitsK, filling, found);
  const rest = filling.empties.slice(1);
  const chosen: number[] = [];
  for (const { groups: groupsOfClass, members } of groups.classes) {
    const free = members.filter((n) => filling.usedN[n] === 0);
    if (free.length === 0) continue;
    if (groupsOfClass.some((g) => filling.countG[g] >= groups.capG[g])) continue;
    // A completion takes the first members of a class: if any is beyond it, the last is.
    if (!standsIn(free[0]) && !standsIn(free[free.length - 1])) {
      put(filling, groups, free[0], units);
      const after = decided(complete(groups, unitsK, { ...filling, empties: rest }), where);
      lift(filling, groups, free[0], units);
      if (after === 'impossible') continue;
    }
    for (const n of free) chosen.push(n);
  }
  return chosen.sort((a, b) => a - b);
}

/** Whether a candidate on the first empty place can replace one item of a known completion, which moves up to where the replaced one stood. */
function standIns(
  groups: RuleGroups,
  unitsK: Float64Array,
  { empties, countG, attentionG }: Filling,
  completion: readonly number[],
): (candidate: number) => boolean {
  const { groupsN, capG, needG, exposureG } = groups;
  const whole: Filling = {
    usedN: new Uint8Array(groupsN.length),
    countG: countG.slice(),
    attentionG: attentionG.slice(),
    empties,
  };
  completion.forEach((n, e) => {
    put(whole, groups, n, unitsK[empties[e]]);
  });
  const exposes = exposureG.some((units) => units > 0);

  const keeps = (candidate: number, e: number): boolean => {
    const [dropped, moved] = [completion[e], completion[0]];
    const [top, place] = [unitsK[empties[0]], unitsK[empties[e]]];
    const [added, lost] = [groupsN[candidate], groupsN[dropped]];
    for (const g of added) if (!lost.includes(g) && whole.countG[g] + 1 > capG[g]) return false;
    for (const g of lost) if (!added.includes(g) && whole.countG[g] - 1 < needG[g]) return false;
    if (!exposes) return true;
    for (let g = 0; g < exposureG.length; g++) {
      let units = whole.attentionG[g];
      if (groupsN[moved].includes(g)) units += place - top;
      if (lost.includes(g)) units -= place;
      if (added.includes(g)) units += top;
      if (units < exposureG[g]) return false;
    }
    return true;
  };
  return (candidate) => {
    const own = completion.indexOf(candidate);
    return own >= 0 ? keeps(candidate, own) : completion.some((_, e) => keeps(candidate, e));
  };
}

function decided<T>(completion: T | 'undecided', where: string): T {
  if (completion !== 'undecided') return completion;
  throw new InputError(
    `${where}: the rules are too intricate to decide which slates keep them; drop or loosen one, or cap fewer fields`,
  );
}
