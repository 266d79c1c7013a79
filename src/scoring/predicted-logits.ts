/** Logits of some impressions, slot by slot in the order asked for. It stands apart from `predict.ts`, since public declarations name it and must not lead to the engine. */
export interface PredictedLogits {
  /** Slots of the n-th impression asked for: `[offsets[n], offsets[n + 1])`. */
  readonly offsets: Int32Array;
  readonly logits: Float32Array;
  readonly slateLogits: Float32Array;
  /** Sums over batches of the graph's further scalar outputs, such as loss terms times their shares. */
  readonly scalars: Readonly<Record<string, number>>;
}
