/** Legend: G groups, F capped fields, C classes, E empty places. */
import type { Filling } from './filling.ts';
import type { DemandGroups } from './groups.ts';

/** Counters of a search over classes, and what the classes still to come could do at most. */
export interface Completable {
  /** How many of class `c` may be taken with `left` places empty. */
  mostOfClass(c: number, left: number): number;
  /** Takes `count` more of class `c`, or gives them back. */
  take(c: number, count: number): void;
  /** False when no choice among the classes from `c` on can fill `left` places and keep every rule; true when one might. */
  mayFill(c: number, left: number): boolean;
  /** All that the future depends on: counters of groups that have candidates to come, and how many were taken of each exposure. */
  stateKey(c: number, left: number): string;
}

/** `filling` is what stands so far; it is read only while this is made. */
export function completable(groups: DemandGroups, filling: Filling, unitsE: Float64Array): Completable {
  const { capG, needG, exposureG, capFamilies, classes } = groups;
  const G = capG.length;
  const freeC = classes.map(({ members }) => members.reduce((sum, n) => sum + 1 - filling.usedN[n], 0));
  const countG = filling.countG.slice();
  const takenG = new Float64Array(G);
  const toCome = candidatesToCome(groups, freeC);
  const F = capFamilies.length;
  const topUnits = topSums(unitsE);
  const exposed = Array.from({ length: G }, (_, g) => g).filter((g) => exposureG[g] > 0);
  const exposureC = classes.map((each) => each.groups.filter((g) => exposureG[g] > 0).join('+'));
  const classesG = Array.from({ length: G }, (_, g) =>
    needG[g] > 0 ? [...classes.keys()].filter((c) => classes[c].groups.includes(g)) : [],
  );
  const takenByExposure = new Map<string, number>();
  const needsOfOne = classes.reduce((most, each) => Math.max(most, each.groups.filter((g) => needG[g] > 0).length), 0);

  /** The most of group `g` that the classes from `c` on can add. */
  const gain = (g: number, c: number, left: number): number =>
    Math.min(left, capG[g] - countG[g], toCome.ofGroup[c * G + g]);

  const mostOfClass = (c: number, left: number): number => {
    let count = Math.min(left, freeC[c]);
    for (const g of classes[c].groups) count = Math.min(count, capG[g] - countG[g]);
    return count;
  };

  /** Whether the classes of group `g` from `c` on give `need` items while the caps of their other groups last, each by itself. */
  const needIsMet = (g: number, c: number, left: number, need: number): boolean => {
    let given = 0;
    for (const each of classesG[g]) {
      if (each < c) continue;
      given += mostOfClass(each, left);
      if (given >= need) return true;
    }
    return false;
  };

  const fills = (c: number, left: number): boolean => {
    if (toCome.all[c] < left) return false;
    return capFamilies.every((family, f) => {
      let count = toCome.outside[c * F + f];
      for (let i = 0; i < family.length && count < left; i++) count += Math.max(0, gain(family[i], c, left));
      return count >= left;
    });
  };

  return {
    mostOfClass,
    take(c, count) {
      if (count === 0) return;
      for (const g of classes[c].groups) {
        countG[g] += count;
        takenG[g] += count;
      }
      if (exposed.length > 0) takenByExposure.set(exposureC[c], (takenByExposure.get(exposureC[c]) ?? 0) + count);
    },
    mayFill(c, left) {
      let needed = 0;
      for (let g = 0; g < G; g++) {
        if (countG[g] > capG[g]) return false;
        const need = needG[g] - countG[g];
        if (need <= 0) continue;
        if (need > gain(g, c, left) || !needIsMet(g, c, left, need)) return false;
        needed += need;
      }
      if (needed > left * needsOfOne) return false;
      for (const g of exposed) {
        const members = takenG[g] + gain(g, c, left);
        if (filling.attentionG[g] + topUnits[members] < exposureG[g]) return false;
      }
      return fills(c, left);
    },
    stateKey(c, left) {
      let key = '';
      for (let g = 0; g < G; g++) {
        if (toCome.ofGroup[c * G + g] === 0) continue;
        key += `${gain(g, c, left)}.${Math.max(0, needG[g] - countG[g])},`;
      }
      if (exposed.length > 0) {
        const taken = [...takenByExposure].filter(([, count]) => count > 0);
        key += taken
          .map(([exposure, count]) => `${exposure}:${count}`)
          .sort()
          .join();
      }
      return key;
    },
  };
}

/** Unused candidates of the classes from a class on: of all, of each group, and outside each capped field. */
interface ToCome {
  readonly all: Int32Array;
  readonly ofGroup: Int32Array;
  readonly outside: Int32Array;
}

/** Attention of the best so many empty places. */
function topSums(unitsE: Float64Array): Float64Array {
  const sums = new Float64Array(unitsE.length + 1);
  for (let e = 0; e < unitsE.length; e++) sums[e + 1] = sums[e] + unitsE[e];
  return sums;
}

/** Rows 0..C; the last is of no class. */
function candidatesToCome({ capG, capFamilies, classes }: DemandGroups, freeC: readonly number[]): ToCome {
  const [G, F, C] = [capG.length, capFamilies.length, classes.length];
  const all = new Int32Array(C + 1);
  const ofGroup = new Int32Array((C + 1) * G);
  const outside = new Int32Array((C + 1) * F);
  for (let c = C - 1; c >= 0; c--) {
    all[c] = all[c + 1] + freeC[c];
    ofGroup.copyWithin(c * G, (c + 1) * G, (c + 2) * G);
    outside.copyWithin(c * F, (c + 1) * F, (c + 2) * F);
    for (const g of classes[c].groups) ofGroup[c * G + g] += freeC[c];
    for (let f = 0; f < F; f++) if (!classes[c].families.includes(f)) outside[c * F + f] += freeC[c];
  }
  return { all, ofGroup, outside };
}
