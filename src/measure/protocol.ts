import type { ShownLists } from './predictions.ts';

/** How a table came about: printed under every table, stored with every report. Plain JSON. */
export interface Protocol {
  /** The data as the user named it, and what it is. */
  readonly data: string;
  /** One sentence: how the lists were split and into what shares. */
  readonly split: string;
  readonly parts: Readonly<Record<PartName, PartCounts>>;
  /** Seeds of the trained systems. */
  readonly seeds: readonly number[];
  /** What chose the epoch that is kept. */
  readonly epochSource: string;
  /** What chose the thresholds of F1, precision and recall. */
  readonly thresholdSource: string;
  readonly intervals: IntervalSettings;
  /** The command that repeats the comparison. */
  readonly command: string;
  /** Of this program and what it stands on, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

export type PartName = 'train' | 'validation' | 'test';

export const PART_NAMES: readonly PartName[] = ['train', 'validation', 'test'];

export interface PartCounts {
  readonly users: number;
  readonly lists: number;
  /** Shown items: the slots of all lists. */
  readonly items: number;
  readonly clicks: number;
  /** Kept in the classification metrics, left out of NDCG, MRR, hit rate and recallAt. */
  readonly listsWithoutClick: number;
}

export interface IntervalSettings {
  /** Such as 0.95. */
  readonly level: number;
  /** Users in the test part: the units that are drawn. */
  readonly users: number;
  /** Resamples of them, and the seed they are drawn with. */
  readonly resamples: number;
  readonly seed: number;
  /** Of what every interval holds the chance: the users alone where a recipe was trained with one seed. */
  readonly covers: 'users' | 'users and seeds';
  /** Recipes whose seeds draw the same weights: they are compared seed by seed, because their luck is alike. */
  readonly pairedBySeed: readonly (readonly string[])[];
  /**
   * How many recipes are held against the baseline, and against the item rate. Of each metric their intervals hold together with the level, each by itself with 1 - (1 - level) / rivals
   * (Bonferroni): so whoever picks the best of them may read its interval.
   */
  readonly rivals: { readonly ofBaseline: number; readonly ofItemRate: number };
}

export function countPart({ offsets, labelS, userB }: ShownLists): PartCounts {
  let clicks = 0;
  for (const label of labelS) clicks += label;
  let listsWithoutClick = 0;
  for (let b = 0; b < userB.length; b++) {
    if (!labelS.subarray(offsets[b], offsets[b + 1]).includes(1)) listsWithoutClick++;
  }
  return { users: new Set(userB).size, lists: userB.length, items: labelS.length, clicks, listsWithoutClick };
}
