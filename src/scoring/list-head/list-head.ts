/** Legend: K items of a list, W weights. */
import type { PredictedLogits } from '../predicted-logits.ts';
import { anyClickLogit, LARGEST_SPREAD } from './correlated-clicks.ts';

/** What turns the items' logits into the logit of at least one click on the list. Fitted on validation after training; plain data, stored with the model. */
export type ListHead = CorrelatedHead | CalibratedHead;

/**
 * The clicks on a list share a factor (`correlated-clicks.ts`) whose spread depends on the list: t = exp(w . f), with f = 1, the mean of the logits and the largest, the
 * latter two standardised.
 */
export interface CorrelatedHead {
  readonly form: 'correlated';
  readonly weightsW: readonly [constant: number, mean: number, largest: number];
  readonly center: readonly [mean: number, largest: number];
  readonly scale: readonly [mean: number, largest: number];
}

/** Of scorers that have a logit of the list themselves (a choice among the items, a card learned as a whole): intercept + slope x that logit. No slope is below 0. */
export interface CalibratedHead {
  readonly form: 'calibrated';
  readonly intercept: number;
  readonly slope: number;
  /** What the items say, with a slope of its own; left out where it helps nothing. */
  readonly items?: { readonly slope: number; readonly head: CorrelatedHead };
}

/** Logit of at least one click on a list of these item logits; `ownLogit` is what the scorer's graph says of the list. */
export function listLogit(head: ListHead, logitsK: ArrayLike<number>, ownLogit: number): number {
  if (head.form === 'calibrated') {
    const own = head.intercept + head.slope * ownLogit;
    return head.items ? own + head.items.slope * listLogit(head.items.head, logitsK, ownLogit) : own;
  }
  return anyClickLogit(logitsK, spreadOf(head, logitsK));
}

/** The same of every list of a prediction. */
export function listLogitsOf({ offsets, logits, slateLogits }: PredictedLogits, head: ListHead): Float32Array {
  return slateLogits.map((own, b) => listLogit(head, logits.subarray(offsets[b], offsets[b + 1]), own));
}

export function spreadOf(
  { weightsW, center, scale }: Omit<CorrelatedHead, 'form'>,
  logitsK: ArrayLike<number>,
): number {
  const [mean, largest] = summaryOf(logitsK);
  const log =
    weightsW[0] +
    weightsW[1] * withinReach(mean, center[0], scale[0]) +
    weightsW[2] * withinReach(largest, center[1], scale[1]);
  return spreadAt(log);
}

export const spreadAt = (logarithm: number): number => Math.min(LARGEST_SPREAD, Math.exp(logarithm));

/** Mean and largest of the logits of a list that has any. */
export function summaryOf(logitsK: ArrayLike<number>): readonly [mean: number, largest: number] {
  let sum = 0;
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < logitsK.length; k++) {
    sum += logitsK[k];
    if (logitsK[k] > largest) largest = logitsK[k];
  }
  return [sum / logitsK.length, largest];
}

/** Lists unlike all that were fitted, such as parts of a slate, count as the nearest that were. */
export const FARTHEST = 3;
export const withinReach = (value: number, center: number, scale: number): number =>
  Math.max(-FARTHEST, Math.min(FARTHEST, (value - center) / scale));
