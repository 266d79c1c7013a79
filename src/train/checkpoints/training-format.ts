/** Raised whenever the same data, config and seed give other weights than before, be it in their last bits: what an older version left half done, or finished, is then trained anew. */
export const TRAINING_FORMAT = 5;
