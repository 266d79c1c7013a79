/** Legend: B impressions, S slots, U users. */

/** One part of the data with what one system says of its items: what every metric is computed from. */
export interface ScoredPart {
  /** Slots of list b are `[offsetsB[b], offsetsB[b + 1])`. */
  readonly offsetsB: ArrayLike<number>;
  readonly labelS: Uint8Array;
  /** 0 to U - 1. */
  readonly userB: Int32Array;
  readonly users: number;
  readonly scale: 'logit' | 'probability';
  readonly valueS: Float32Array | Float64Array;
  /** Orders the items of a list, highest first, where `valueS` does not. */
  readonly orderS?: Float32Array | Float64Array | undefined;
  /** Logit of at least one click on each list; where left out, clicks on a list count as independent. */
  readonly listLogitB?: ArrayLike<number> | undefined;
  /** A click is predicted where `valueS` is at least this; NaN: none is known, and nothing is decided. */
  readonly threshold: number;
}

export function probabilitiesOf({ scale, valueS }: Pick<ScoredPart, 'scale' | 'valueS'>): Float64Array {
  // `from` with a function is several times as slow.
  const probabilityS = new Float64Array(valueS);
  if (scale === 'logit') for (let slot = 0; slot < valueS.length; slot++) probabilityS[slot] = sigmoid(valueS[slot]);
  return probabilityS;
}

/** The user of each slot. */
export function usersOfSlots({ offsetsB, userB, labelS }: ScoredPart): Int32Array {
  const userS = new Int32Array(labelS.length);
  for (let b = 0; b < userB.length; b++) userS.fill(userB[b], offsetsB[b], offsetsB[b + 1]);
  return userS;
}

/** 1 / (1 + exp(-z)) without overflow. */
function sigmoid(logit: number): number {
  const tail = Math.exp(-Math.abs(logit));
  return logit >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
}
