/** Legend: S slots, T steps, U units (users). */
import type { SortedLabels } from './sorted-labels.ts';

/**
 * Sorted labels cut into steps, the form in which the area metrics are counted again and again for a bootstrap. A step is a run of items
 * that were not clicked followed by one group of equal scores that holds a click; the last step is what lies below the last click.
 */
export interface ClickSteps {
  /** Slots in the order of the steps: within each the plain run, then the group's items without, then those with a click. */
  readonly slotS: Uint32Array;
  readonly plainEndsT: Uint32Array;
  readonly tiedEndsT: Uint32Array;
  readonly clickEndsT: Uint32Array;
}

/** How often each unit is counted: a bootstrap resample as multiplicities. */
export interface UnitWeights {
  /** The unit of each entry of `ClickSteps.slotS`. */
  readonly unitS: Int32Array;
  /** Non-negative integers. */
  readonly weightU: Int32Array;
}

/** Weighted counts of each step. */
export interface StepCounts {
  /** Not clicked, between the group of the step before and this one's. */
  readonly plainT: Float64Array;
  /** Not clicked, with the very score of the step's clicks. */
  readonly tiedT: Float64Array;
  readonly clicksT: Float64Array;
}

export function clickSteps({ orderS, labelS, endsTieS }: SortedLabels): ClickSteps {
  const slotS = new Uint32Array(orderS.length);
  const plainEnds: number[] = [];
  const tiedEnds: number[] = [];
  const clickEnds: number[] = [];
  let filled = 0;
  let start = 0;
  while (start < orderS.length) {
    let end = start;
    let clicks = 0;
    do clicks += labelS[end];
    while (endsTieS[end++] === 0);
    if (clicks > 0) plainEnds.push(filled);
    for (let place = start; place < end; place++) if (labelS[place] === 0) slotS[filled++] = orderS[place];
    if (clicks > 0) {
      tiedEnds.push(filled);
      for (let place = start; place < end; place++) if (labelS[place] === 1) slotS[filled++] = orderS[place];
      clickEnds.push(filled);
    }
    start = end;
  }
  for (const ends of [plainEnds, tiedEnds, clickEnds]) ends.push(filled);
  return {
    slotS,
    plainEndsT: Uint32Array.from(plainEnds),
    tiedEndsT: Uint32Array.from(tiedEnds),
    clickEndsT: Uint32Array.from(clickEnds),
  };
}

/** Room for the counts of one resample after another. */
export interface CountingRoom extends StepCounts {
  /** Running total of the weights, one more than slots. */
  readonly runningS: Int32Array;
}

export function countingRoom({ slotS, plainEndsT }: ClickSteps): CountingRoom {
  const T = plainEndsT.length;
  return {
    plainT: new Float64Array(T),
    tiedT: new Float64Array(T),
    clicksT: new Float64Array(T),
    runningS: new Int32Array(slotS.length + 1),
  };
}

/** Every item counted once. */
export function countSteps({ plainEndsT, tiedEndsT, clickEndsT }: ClickSteps): StepCounts {
  const startsT = clickEndsT.map((_, t) => (t === 0 ? 0 : clickEndsT[t - 1]));
  return {
    plainT: Float64Array.from(plainEndsT, (end, t) => end - startsT[t]),
    tiedT: Float64Array.from(tiedEndsT, (end, t) => end - plainEndsT[t]),
    clicksT: Float64Array.from(clickEndsT, (end, t) => end - tiedEndsT[t]),
  };
}

/**
 * Every item counted as often as its unit's weight says, written into `room`. Nothing is sorted or allocated, and a running total spares the loop
 * the branches at the ends of short runs that no processor can foresee.
 */
export function countWeighted(steps: ClickSteps, { unitS, weightU }: UnitWeights, room: CountingRoom): void {
  const { plainEndsT, tiedEndsT, clickEndsT } = steps;
  const { plainT, tiedT, clicksT, runningS } = room;
  let running = 0;
  for (let place = 0; place < unitS.length; place++) {
    running += weightU[unitS[place]];
    runningS[place + 1] = running;
  }
  let before = 0;
  for (let t = 0; t < plainEndsT.length; t++) {
    const plain = runningS[plainEndsT[t]];
    const tied = runningS[tiedEndsT[t]];
    const clicks = runningS[clickEndsT[t]];
    plainT[t] = plain - before;
    tiedT[t] = tied - plain;
    clicksT[t] = clicks - tied;
    before = clicks;
  }
}
