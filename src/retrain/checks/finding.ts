/** What one look at the data found. */
export interface Finding {
  /** Which check looked. */
  readonly check: string;
  /** False: nothing is trained from such data. */
  readonly isSound: boolean;
  /** What was found, and what is expected: without a dot. */
  readonly text: string;
  /** Which day it is of; epoch milliseconds, without the end. */
  readonly day?: { readonly from: number; readonly to: number };
}
