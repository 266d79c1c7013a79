/** Legend: S slots. */
import { bestF1Threshold } from '../metrics/best-f1-threshold.ts';
import type { Predictions } from './predictions.ts';

export const RANDOM_ORDER = 'random order';
export const LOGGED_ORDER = 'logged order';
export const ITEM_RATE = 'smoothed item rate';

/** The names of the references, in the order of their rows. */
export const REFERENCES: readonly string[] = [RANDOM_ORDER, LOGGED_ORDER, ITEM_RATE];

/** What the references look at in one part of the data. */
export interface ReferenceColumns {
  /** Slots of list b: `[offsets[b], offsets[b + 1])`. */
  readonly offsets: Int32Array;
  readonly labelS: Uint8Array;
  /** 0-based position on the page. */
  readonly positionS: Int32Array;
}

/** With each slot's smoothed click rate of the item, as it was known just before the impression. */
export interface RatedColumns extends ReferenceColumns {
  readonly itemRateS: Float32Array | Float64Array;
}

/** The rate of a position is pulled towards the overall rate by so many shown items. */
const POSITION_PRIOR = 20;

/**
 * What costs nothing and must be beaten, as predictions of the test part.
 * - Random order: the training part's click rate for every item, and its share of lists with a click for every list. All are equal, so every figure of an order is its mean over all orders.
 * - Logged order: the order that was shown, and the training part's click rate of the position.
 * - Smoothed item rate: the item's own click rate before the impression, for both.
 *
 * Their thresholds are chosen on validation like everyone's.
 */
export function referencePredictions(options: {
  readonly train: ReferenceColumns;
  readonly validation: RatedColumns;
  readonly test: RatedColumns;
}): Predictions[] {
  const { train, validation, test } = options;
  const rates = positionRates(train);
  const constant = ({ labelS }: ReferenceColumns): Float64Array => new Float64Array(labelS.length).fill(rates.overall);
  const byPosition = ({ positionS }: ReferenceColumns): Float64Array => Float64Array.from(positionS, rates.at);
  const thresholdOf = (valueS: Float32Array | Float64Array): number =>
    bestF1Threshold(valueS, validation.labelS).threshold;
  const reference = { seed: 0, scale: 'probability' } as const;
  return [
    {
      ...reference,
      recipe: RANDOM_ORDER,
      valueS: constant(test),
      listLogitB: new Float64Array(test.offsets.length - 1).fill(anyClickLogitOf(train)),
      threshold: thresholdOf(constant(validation)),
    },
    {
      ...reference,
      recipe: LOGGED_ORDER,
      valueS: byPosition(test),
      orderS: Float64Array.from(test.positionS, (position) => -position),
      threshold: thresholdOf(byPosition(validation)),
    },
    { ...reference, recipe: ITEM_RATE, valueS: test.itemRateS, threshold: thresholdOf(validation.itemRateS) },
  ];
}

/** Of the share of lists with a click; never without bounds. */
function anyClickLogitOf({ offsets, labelS }: ReferenceColumns): number {
  const lists = offsets.length - 1;
  let clicked = 0;
  for (let b = 0; b < lists; b++) clicked += Number(labelS.subarray(offsets[b], offsets[b + 1]).includes(1));
  return Math.log((clicked + 1) / (lists - clicked + 1));
}

interface PositionRates {
  readonly overall: number;
  at(position: number): number;
}

function positionRates({ labelS, positionS }: ReferenceColumns): PositionRates {
  const shown: number[] = [];
  const clicked: number[] = [];
  let clicks = 0;
  for (let slot = 0; slot < labelS.length; slot++) {
    const position = positionS[slot];
    shown[position] = (shown[position] ?? 0) + 1;
    clicked[position] = (clicked[position] ?? 0) + labelS[slot];
    clicks += labelS[slot];
  }
  const overall = labelS.length === 0 ? 0 : clicks / labelS.length;
  const at = (position: number): number =>
    ((clicked[position] ?? 0) + POSITION_PRIOR * overall) / ((shown[position] ?? 0) + POSITION_PRIOR);
  return { overall, at };
}
