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
  readonly bootstrap: BootstrapSettings;
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

export interface BootstrapSettings {
  readonly resamples: number;
  /** Of the intervals, such as 0.95. */
  readonly level: number;
  readonly seed: number;
  /** Users in the test part: the units that are drawn. */
  readonly users: number;
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
