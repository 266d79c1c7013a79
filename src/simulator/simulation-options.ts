import type { EffectsName } from './choice-model.ts';
import { type WorldOptions, worldDefaults } from './world.ts';

/** A made-up market and the log that is drawn from it. */
export interface SimulationOptions extends WorldOptions {
  readonly impressions: number;
  /** K, or where it is drawn from: every length from `from` to `to` alike. */
  readonly slateSize: number | SizeRange;
  /** Whether every shown item carries the probability with which it came to stand at its place. */
  readonly propensities?: boolean | undefined;
  /** How much the company of an item counts; `strong` where left out. */
  readonly effects?: EffectsName | undefined;
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
