/** Legend: S slots, B bins. */
import type { Isotonic } from '../../scoring/calibration/calibration.ts';
import type { JudgedItems } from './fit-line.ts';

/** Items of neighbouring logits. */
export interface Bin {
  /** Mean logit. */
  readonly logit: number;
  readonly items: number;
  readonly clicks: number;
}

/** Bins of equal mass, of so many items or more each. */
const MOST_BINS = 200;
const FEWEST_ITEMS = 100;

/**
 * Isotonic regression (pool adjacent violators: Ayer et al. 1955) of clicks on logits, in bins of equal mass, centred (Oron & Flournoy 2017): each block of the regression is one knot
 * at its mean logit, so what it gives rises strictly. A bin counts one item more, clicked by the overall rate: no block says never or always. Undefined where there are too few items,
 * or one block only.
 */
export function fitIsotonic(items: JudgedItems): Isotonic | undefined {
  const bins = binsOf(items);
  const overall = shareOfClicks(items.labelS);
  if (bins.length < 2 || !(overall > 0 && overall < 1)) return undefined;
  const blocks = poolAdjacent(
    bins.map(({ logit, items: count, clicks }) => ({ logit, items: count + 1, clicks: clicks + overall })),
  );
  if (blocks.length < 2) return undefined;
  return {
    form: 'isotonic',
    logits: blocks.map(({ logit }) => logit),
    calibrated: blocks.map(({ items: count, clicks }) => Math.log(clicks / (count - clicks))),
  };
}

/** Bins whose click rates rise strictly: neighbours that do not are one, until all do. Bins come in the order of their logits. */
export function poolAdjacent(bins: readonly Bin[]): readonly Bin[] {
  const blocks: Bin[] = [];
  for (const bin of bins) {
    let last = bin;
    for (let before = blocks.at(-1); before && rate(before) >= rate(last) * (1 - EQUAL); before = blocks.at(-1)) {
      blocks.pop();
      const items = before.items + last.items;
      last = {
        logit: (before.logit * before.items + last.logit * last.items) / items,
        items,
        clicks: before.clicks + last.clicks,
      };
    }
    blocks.push(last);
  }
  return blocks;
}

/** Rates that differ by less do so by rounding. */
const EQUAL = 1e-9;

const rate = ({ items, clicks }: Bin): number => clicks / items;

/** Equal logits are in one bin. */
function binsOf({ logitS, labelS }: JudgedItems): readonly Bin[] {
  const S = logitS.length;
  const order = Int32Array.from({ length: S }, (_, s) => s).sort((a, b) => logitS[a] - logitS[b] || a - b);
  const mass = Math.max(FEWEST_ITEMS, S / MOST_BINS);
  const bins: Bin[] = [];
  let start = 0;
  while (start < S) {
    let end = start;
    let [sum, clicks] = [0, 0];
    while (end < S && (end - start < mass || logitS[order[end]] === logitS[order[end - 1]])) {
      sum += logitS[order[end]];
      clicks += labelS[order[end]];
      end++;
    }
    bins.push({ logit: sum / (end - start), items: end - start, clicks });
    start = end;
  }
  return bins;
}

function shareOfClicks(labelS: ArrayLike<number>): number {
  let clicks = 0;
  for (let s = 0; s < labelS.length; s++) clicks += labelS[s];
  return clicks / labelS.length;
}
