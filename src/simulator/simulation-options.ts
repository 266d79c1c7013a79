import type { ClickOptions } from './choice-model.ts';
import { type WorldOptions, worldDefaults } from './world.ts';

/** A made-up market and the log that is drawn from it. */
export interface SimulationOptions extends WorldOptions, ClickOptions {
  readonly impressions: number;
  /** K, or where it is drawn from: every length from `from` to `to` alike. */
  readonly slateSize: number | SizeRange;
  /** Whether every shown item carries the probability with which it came to stand at its place. */
  readonly propensities?: boolean | undefined;
  /**
   * How much the shop that showed the lists preferred, and put above, what it took to be clicked most; 0, no preference, where left out. At 1 an item of twice another's odds of a click is twice as
   * likely to be drawn before it.
   */
  readonly policy?: number | undefined;
}

export interface SizeRange {
  readonly from: number;
  readonly to: number;
}

/** A market of some size with 50,000 lists of ten. */
export const simulationDefaults: SimulationOptions & { readonly slateSize: number } = {
  ...worldDefaults,
  impressions: 50_000,
  slateSize: 10,
};
