/** Do as many click as was said? Legend: S slots, N seeds, U users. */
import { equalMassBins } from '../metrics/calibration-error.ts';
import type { Users } from '../metrics/number-users.ts';
import { squaresAbout } from '../metrics/ratio-error.ts';
import { probabilitiesOf } from '../metrics/scored-part.ts';
import type { Predictions, ShownLists } from './predictions.ts';

/** Items whose click probability was said to be about the same. */
export interface ReliabilityBin {
  /** Mean over the items. */
  readonly said: number;
  /** Share of them that were clicked, with its 95 % interval over users. */
  readonly clicked: number;
  readonly low: number;
  readonly high: number;
  /** Shown items, each counted once for all seeds together. */
  readonly items: number;
}

/** Of one system. Plain JSON. */
export interface Reliability {
  readonly name: string;
  readonly bins: readonly ReliabilityBin[];
}

const BINS = 10;

/**
 * Bins of equal mass over the predictions of all seeds. The interval is Wilson's (1927) with as many items as the bin's are worth: items of one user are alike, and count less by the
 * design effect (Kish 1965), which the variance of the users' sums gives.
 */
export function reliability(lists: ShownLists, users: Users, seeds: readonly Predictions[]): Reliability {
  const { labelS, offsets } = lists;
  const S = labelS.length;
  const probabilityS = new Float64Array(S * seeds.length);
  for (const [n, one] of seeds.entries()) probabilityS.set(probabilitiesOf(one), n * S);
  const binS = equalMassBins(probabilityS, BINS);
  const userS = new Int32Array(S);
  for (let b = 0; b < users.indexB.length; b++) userS.fill(users.indexB[b], offsets[b], offsets[b + 1]);
  const bins = Array.from({ length: BINS }, (_, bin) =>
    reliabilityBin({ bin, binS, probabilityS, labelS, userS, users: users.count }),
  );
  return {
    name: seeds[0].recipe,
    bins: bins.flatMap((bin) => (bin ? [{ ...bin, items: Math.round(bin.items / seeds.length) }] : [])),
  };
}

interface BinColumns {
  readonly bin: number;
  readonly binS: Int32Array;
  readonly probabilityS: Float64Array;
  readonly labelS: Uint8Array;
  readonly userS: Int32Array;
  readonly users: number;
}

function reliabilityBin({ bin, binS, probabilityS, labelS, userS, users }: BinColumns): ReliabilityBin | undefined {
  const S = labelS.length;
  const seeds = binS.length / S;
  const shownU = new Float64Array(users);
  const clickedU = new Float64Array(users);
  let [items, said, clicks] = [0, 0, 0];
  for (let at = 0; at < binS.length; at++) {
    if (binS[at] !== bin) continue;
    const slot = at % S;
    items++;
    said += probabilityS[at];
    clicks += labelS[slot];
    shownU[userS[slot]]++;
    clickedU[userS[slot]] += labelS[slot];
  }
  if (items === 0) return undefined;
  const rate = clicks / items;
  const ofUsers = squaresAbout(rate, { sumU: clickedU, countU: shownU }) / items ** 2;
  // All seeds see the same items: of N predictions of one item one counts.
  const distinct = items / seeds;
  const ofItems = (rate * (1 - rate)) / distinct;
  const worth = ofItems > 0 ? distinct / Math.max(1, ofUsers / ofItems) : distinct;
  return { said: said / items, clicked: rate, ...wilson(rate, worth), items };
}

const Z = 1.959964;

/** Wilson (1927): an interval that stays within 0 and 1, and has a width where nothing was clicked. */
export function wilson(rate: number, items: number): { readonly low: number; readonly high: number } {
  const scale = 1 / (1 + Z ** 2 / items);
  const middle = scale * (rate + Z ** 2 / (2 * items));
  const half = scale * Z * Math.sqrt((rate * (1 - rate)) / items + Z ** 2 / (4 * items ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
