/** The showings of test lists, ready to be compared with and without something. Legend: B lists, S slots (their items, end to end). */
import type { Outcomes } from '../../datasets/slate-source/slate-source.ts';
import type { Showings } from '../../measure/presence-contrast.ts';
import type { Grouping } from './grouping.ts';
import type { ShownItem } from './shown-lists.ts';

export interface TestPart {
  /** Items as shown; the same lists and order as `outcomes`. */
  readonly shown: readonly (readonly ShownItem[])[];
  readonly outcomes: Outcomes;
  /** Click probability without a look at the list. */
  readonly probabilityS: Float64Array;
}

export interface TestShowings {
  readonly part: TestPart;
  readonly residualS: Float64Array;
  readonly listS: Int32Array;
  /** Number of the item. */
  readonly itemS: Int32Array;
  /** Length of the list and place on it, in steps that double. */
  readonly placeS: Int32Array;
}

export function testShowings(part: TestPart): TestShowings {
  const { shown, outcomes, probabilityS } = part;
  const { offsets, labelS, positionS } = outcomes;
  const slots = labelS.length;
  const listS = new Int32Array(slots);
  const itemS = new Int32Array(slots);
  const placeS = new Int32Array(slots);
  const numbers = new Map<string, number>();
  for (const [b, items] of shown.entries()) {
    for (const [k, { id }] of items.entries()) {
      const slot = offsets[b] + k;
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      listS[slot] = b;
      itemS[slot] = number;
      placeS[slot] = 32 * doubling(items.length) + doubling(positionS[slot] + 1);
    }
  }
  const residualS = Float64Array.from(labelS, (label, slot) => label - probabilityS[slot]);
  return { part, residualS, listS, itemS, placeS };
}

/** 1 to 0, 2 and 3 to 1, 4 to 7 to 2, ... */
const doubling = (count: number): number => Math.min(31, Math.floor(Math.log2(Math.max(1, count))));

/** An item with as many showings is compared with itself alone; those with fewer with their like. */
const OWN_STRATUM = 20;

export interface AskedShowings {
  readonly slots: readonly number[];
  readonly isPresent: (slot: number) => boolean;
  /** What else must be alike; 0 where it is left out. */
  readonly patternOf?: (slot: number) => number;
  /** False: place and length need not be alike. */
  readonly byPlace?: boolean;
}

/** Showings by item (if it has enough), place on the list, its length, and whatever else must be alike. */
export function showingsOf(
  { part, residualS, listS, itemS, placeS }: TestShowings,
  { slots, isPresent, patternOf = () => 0, byPlace = true }: AskedShowings,
): Showings {
  const counts = new Map<number, number>();
  for (const slot of slots) counts.set(itemS[slot], (counts.get(itemS[slot]) ?? 0) + 1);
  const strata = new Map<string, number>();
  const stratumOf = (slot: number): number => {
    const isOwn = (counts.get(itemS[slot]) ?? 0) >= OWN_STRATUM;
    const key = `${isOwn ? itemS[slot] : ''}/${byPlace ? placeS[slot] : ''}/${patternOf(slot)}`;
    const stratum = strata.get(key) ?? strata.size;
    strata.set(key, stratum);
    return stratum;
  };
  return {
    residualN: Float64Array.from(slots, (slot) => residualS[slot]),
    presentN: Uint8Array.from(slots, (slot) => Number(isPresent(slot))),
    stratumN: Int32Array.from(slots, stratumOf),
    userN: Int32Array.from(slots, (slot) => part.outcomes.userB[listS[slot]]),
  };
}

/** Which groups stand where on the test lists. */
export interface GroupedShowings {
  /** Slots of each group. */
  readonly slotsOfGroup: readonly (readonly number[])[];
  /** Whether another item of the group is on the slot's list. */
  isBeside(group: number, slot: number): boolean;
}

export function groupedShowings({ part, listS }: TestShowings, { labels, groupsOf }: Grouping): GroupedShowings {
  const { shown, outcomes } = part;
  const slotsOfGroup: number[][] = labels.map(() => []);
  const groupsS: (readonly number[])[] = [];
  const countsB = shown.map((items, b) => {
    const counts = new Map<number, number>();
    for (const [k, item] of items.entries()) {
      const groups = groupsOf(item);
      groupsS[outcomes.offsets[b] + k] = groups;
      for (const group of groups) {
        slotsOfGroup[group].push(outcomes.offsets[b] + k);
        counts.set(group, (counts.get(group) ?? 0) + 1);
      }
    }
    return counts;
  });
  return {
    slotsOfGroup,
    isBeside: (group, slot) => (countsB[listS[slot]].get(group) ?? 0) > Number(groupsS[slot].includes(group)),
  };
}
