/** What a system says of lists as a whole. Legend: B lists, K items of a list. */
import { probabilitiesOf, type ScoredPart } from './scored-part.ts';

export interface ListFigures {
  /** Logit of at least one click on each list. */
  readonly anyClickLogitB: Float64Array;
  /** 1 where something was clicked. */
  readonly clickedB: Uint8Array;
  /** Sum of each list's probabilities. */
  readonly expectedClicksB: Float64Array;
  readonly clicksB: Int32Array;
}

/** Of every list that has an item. Where the system says nothing of the chance of any click, the clicks on a list count as independent. */
export function listFigures(part: ScoredPart, probabilityS: Float64Array = probabilitiesOf(part)): ListFigures {
  const { offsetsB, labelS, listLogitB } = part;
  const lists = Array.from({ length: Math.max(0, offsetsB.length - 1) }, (_, b) => b).filter(
    (b) => offsetsB[b + 1] > offsetsB[b],
  );
  const ofList = <T extends Float64Array | Uint8Array>(slots: T, b: number): T =>
    slots.subarray(offsetsB[b], offsetsB[b + 1]) as T;
  const clicksB = Int32Array.from(lists, (b) => ofList(labelS, b).reduce((sum, label) => sum + label, 0));
  return {
    anyClickLogitB: Float64Array.from(lists, (b) => listLogitB?.[b] ?? independentLogit(ofList(probabilityS, b))),
    clickedB: Uint8Array.from(clicksB, (clicks) => Number(clicks > 0)),
    expectedClicksB: Float64Array.from(lists, (b) => ofList(probabilityS, b).reduce((sum, p) => sum + p, 0)),
    clicksB,
  };
}

/** Logit of at least one of independent clicks. Certainty is cut off, so that one mistake does not cost infinity. */
export function independentLogit(probabilitiesK: ArrayLike<number>): number {
  let logNone = 0;
  for (let k = 0; k < probabilitiesK.length; k++) logNone += Math.log1p(-Math.min(probabilitiesK[k], 1 - CERTAIN));
  const none = Math.min(logNone, -CERTAIN);
  return Math.max(-FARTHEST, Math.min(FARTHEST, Math.log(-Math.expm1(none)) - none));
}

const CERTAIN = 1e-15;
const FARTHEST = 34.5;
