/** Legend: B impressions, S slots (all shown items of all impressions, end to end). */

/** What was shown to whom and clicked. `EncodedSlates` is one. */
export interface ShownLists {
  /** Slots of impression b: `[offsets[b], offsets[b + 1])`. */
  readonly offsets: Int32Array;
  readonly labelS: Uint8Array;
  /** Index of the user, any non-negative integer: the unit of the bootstrap. */
  readonly userB: Int32Array;
}

/** What one trained system, or one baseline, says of the items of one part of the data. */
export interface Predictions {
  /** Name of the recipe or baseline: predictions of one name and several seeds make one row of a table. */
  readonly recipe: string;
  readonly seed: number;
  readonly scale: 'logit' | 'probability';
  readonly valueS: Float32Array | Float64Array;
  /** Orders the items of a list, highest first, where `valueS` does not (random order, logged order). */
  readonly orderS?: Float32Array | Float64Array;
  /** Logit of at least one click on each list; where left out, clicks on a list count as independent. */
  readonly listLogitB?: Float32Array | Float64Array;
  /** A click is predicted where `valueS` is at least this (same scale). Chosen on validation; NaN: none is known, and F1, precision and recall are undefined. */
  readonly threshold: number;
}

/** Throws a RangeError that names the recipe and seed when the predictions cannot belong to these lists. */
export function checkPredictions(lists: ShownLists, predictions: Predictions): void {
  const name = `${predictions.recipe}, seed ${predictions.seed}`;
  const slots = lists.offsets[lists.offsets.length - 1] ?? 0;
  if (lists.labelS.length !== slots) {
    throw new RangeError(`checkPredictions: ${slots} labels expected by the offsets, got ${lists.labelS.length}`);
  }
  for (const values of [predictions.valueS, predictions.orderS]) {
    if (values === undefined) continue;
    if (values.length !== slots) {
      throw new RangeError(
        `checkPredictions: ${name}: ${slots} values expected, one a shown item, got ${values.length}`,
      );
    }
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new RangeError(`checkPredictions: ${name}: every value must be finite, got ${values[bad]} at slot ${bad}`);
    }
  }
  const { listLogitB } = predictions;
  if (listLogitB && (listLogitB.length !== lists.offsets.length - 1 || !listLogitB.every(Number.isFinite))) {
    throw new RangeError(
      `checkPredictions: ${name}: a finite logit of each of ${lists.offsets.length - 1} lists expected, got ${listLogitB.length}, or one that is not finite`,
    );
  }
  if (predictions.scale === 'probability') {
    const bad = predictions.valueS.findIndex((value) => value < 0 || value > 1);
    if (bad >= 0) {
      throw new RangeError(
        `checkPredictions: ${name}: a probability must be in [0, 1], got ${predictions.valueS[bad]} at slot ${bad}`,
      );
    }
  }
}
