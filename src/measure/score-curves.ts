/** ROC and precision-recall curves, on one grid for every system. Legend: S slots, N seeds. */
import { clickSteps, countSteps, type StepCounts } from '../metrics/click-steps.ts';
import { sortLabels } from '../metrics/sorted-labels.ts';
import type { Predictions, ShownLists } from './predictions.ts';

/** Curves of one system, means over its seeds. Plain JSON. */
export interface ScoreCurves {
  readonly name: string;
  /** Share of the clicked items found, for each of `FALSE_SHARES`. */
  readonly found: readonly number[];
  /** Share of the items found that were clicked, for each of `RECALLS`. */
  readonly precision: readonly number[];
}

const STEPS = 60;

/** Of the items that were not clicked, the share taken for clicked: closer together near 0, where the curve turns. */
export const FALSE_SHARES: readonly number[] = Array.from({ length: STEPS + 1 }, (_, step) => (step / STEPS) ** 2);

/** Shares of the clicked items. */
export const RECALLS: readonly number[] = Array.from({ length: STEPS }, (_, step) => (step + 1) / STEPS);

/**
 * Mean over the seeds of what is reached at each point of the grid (vertical averaging, Fawcett 2006). Undefined where nothing was clicked, or everything. Equal scores are taken in
 * all orders: between the ends of such a group both counts grow evenly, which makes ROC straight there and precision bent (Davis & Goadrich 2006).
 */
export function scoreCurves(
  { labelS }: Pick<ShownLists, 'labelS'>,
  seeds: readonly Predictions[],
): ScoreCurves | undefined {
  const counted = seeds.map(({ valueS }) => reached(countSteps(clickSteps(sortLabels(valueS, labelS)))));
  const [{ clicks, others }] = counted.map(({ clickEnds, otherEnds }) => ({
    clicks: clickEnds[clickEnds.length - 1],
    others: otherEnds[otherEnds.length - 1],
  }));
  if (clicks === 0 || others === 0) return undefined;
  const mean = (of: (one: Reached) => number): number =>
    counted.reduce((sum, one) => sum + of(one), 0) / counted.length;
  return {
    name: seeds[0].recipe,
    found: FALSE_SHARES.map((share) =>
      mean(({ otherEnds, clickEnds }) => along(otherEnds, clickEnds, share * others) / clicks),
    ),
    precision: RECALLS.map((recall) =>
      mean(({ otherEnds, clickEnds }) => {
        const hits = recall * clicks;
        return hits / (hits + along(clickEnds, otherEnds, hits, 'first'));
      }),
    ),
  };
}

/** The corners of the curve in counts, from nothing found to everything. */
interface Reached {
  readonly clickEnds: readonly number[];
  readonly otherEnds: readonly number[];
}

function reached({ plainT, tiedT, clicksT }: StepCounts): Reached {
  const clickEnds = [0];
  const otherEnds = [0];
  let [clicks, others] = [0, 0];
  for (let t = 0; t < clicksT.length; t++) {
    others += plainT[t];
    clickEnds.push(clicks);
    otherEnds.push(others);
    clicks += clicksT[t];
    others += tiedT[t];
    clickEnds.push(clicks);
    otherEnds.push(others);
  }
  return { clickEnds, otherEnds };
}

/** The y that belongs to an x along a line that never falls; where it rises straight up, its upper end, or with `first` its lower one. */
function along(xs: readonly number[], ys: readonly number[], x: number, end: 'first' | 'last' = 'last'): number {
  let [low, high] = [0, xs.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBefore = end === 'first' ? xs[middle] < x : xs[middle] <= x;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  if (end === 'last' && xs[low] <= x) return ys[low];
  if (low === 0) return ys[0];
  const width = xs[low] - xs[low - 1];
  return width === 0 ? ys[low] : ys[low - 1] + ((x - xs[low - 1]) / width) * (ys[low] - ys[low - 1]);
}
