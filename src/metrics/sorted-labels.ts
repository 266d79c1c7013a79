/** Legend: S slots, U units (users). */
import { orderByScore } from './order-by-score.ts';

/** Labels in the order of their scores, highest first: all that the area metrics need, sorted once and read many times. */
export interface SortedLabels {
  /** The slot at each place. */
  readonly orderS: Uint32Array;
  /** 1 clicked, 0 not, at each place. */
  readonly labelS: Uint8Array;
  /** 1 where the next place has a lower score, or there is none: the end of a group of ties. */
  readonly endsTieS: Uint8Array;
}

/** How often each unit is counted: a bootstrap resample as multiplicities. */
export interface UnitWeights {
  /** The unit of each place of the sorted labels. */
  readonly unitS: Int32Array;
  /** Non-negative integers. */
  readonly weightU: Int32Array;
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

/** The unit of each place: `unitS[orderS[place]]`, for use as `UnitWeights.unitS`. */
export function unitsInOrder(sorted: SortedLabels, unitS: ArrayLike<number>): Int32Array {
  return Int32Array.from(sorted.orderS, (slot) => unitS[slot]);
}
