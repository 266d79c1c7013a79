/** Legend: S slots. */
import { orderByScore } from './order-by-score.ts';

/** Labels in the order of their scores, highest first: what every metric over all items starts from. */
export interface SortedLabels {
  /** The slot at each place. */
  readonly orderS: Uint32Array;
  /** 1 clicked, 0 not, at each place. */
  readonly labelS: Uint8Array;
  /** 1 where the next place has a lower score, or there is none: the end of a group of ties. */
  readonly endsTieS: Uint8Array;
}

/** Throws a RangeError when the lengths differ, a score is NaN, or a label is neither 0 nor 1. */
export function sortLabels(scoreS: ArrayLike<number>, labelS: ArrayLike<number>): SortedLabels {
  const S = scoreS.length;
  if (labelS.length !== S) {
    throw new RangeError(`sortLabels: as many labels as scores expected, got ${labelS.length} and ${S}`);
  }
  const orderS = orderByScore(scoreS);
  const sorted = new Uint8Array(S);
  const endsTieS = new Uint8Array(S);
  for (let place = 0; place < S; place++) {
    const label = labelS[orderS[place]];
    if (label !== 0 && label !== 1) {
      throw new RangeError(`sortLabels: a label must be 0 or 1, got ${label} at index ${orderS[place]}`);
    }
    sorted[place] = label;
    endsTieS[place] = place === S - 1 || scoreS[orderS[place]] !== scoreS[orderS[place + 1]] ? 1 : 0;
  }
  return { orderS, labelS: sorted, endsTieS };
}
