import type { EpochValues } from './epoch-values.ts';

/** An epoch as `metrics.jsonl` tells it. */
export interface EpochLine extends EpochValues {
  /** When it was judged, ISO 8601; `null` where what told it is lost. */
  readonly time: string | null;
  /** Its training and its judgement took so long; of one that was interrupted, what came after. */
  readonly seconds: number | null;
}

/** A run before its next step. */
export interface RunBefore {
  /** When it began, ISO 8601. */
  readonly started: string;
  /** Of the epochs before an interruption. */
  readonly lines: readonly EpochLine[];
}

/** Where the epochs of a run are told, as they come. */
export interface EpochSink {
  /** Before the first step. What else is there, of an epoch that is trained again or of another run, goes. */
  begin(before: RunBefore): Promise<void>;
  /** After each epoch, in their order. */
  add(line: EpochLine): Promise<void>;
}
