/** Values beyond all measure, as a broken feed leaves them: one 1e308 among prices would squash all of them into one. */
export interface Extremes {
  readonly count: number;
  /** Of the values together. */
  readonly of: number;
  /** One of the largest size. */
  readonly largest: number;
  /** The largest size of all others. */
  readonly others: number;
}

/** A step between neighbours in size that no measure of anything makes; the largest, mind, not those between nothing and something. */
const GAP = 1e6;
/** Most of the values that may be extreme: what there is more of is part of the field. */
const SHARE = 0.05;
/** Of fewer values nothing can be said. */
const FEW = 10;

/**
 * Leaves out the values that stand, in size, a million times and more above all others, if they are few. Returns the values themselves, all of them, where there are none
 * such: an ordinary field is fitted as it is.
 */
export function withoutExtremes(values: readonly number[]): {
  readonly kept: readonly number[];
  readonly extremes?: Extremes;
} {
  const finite = values.every(Number.isFinite) ? values : values.filter(Number.isFinite);
  if (finite.length < FEW) return { kept: finite };
  const sizes = Float64Array.from(finite, Math.abs).sort();
  const most = Math.max(1, Math.floor(SHARE * sizes.length));
  for (let at = sizes.length - most; at < sizes.length; at++) {
    const others = sizes[at - 1];
    if (!(others > 0 && sizes[at] / GAP >= others)) continue;
    const largest = finite.find((value) => Math.abs(value) === sizes[sizes.length - 1]) ?? 0;
    return {
      kept: finite.filter((value) => Math.abs(value) <= others),
      extremes: { count: sizes.length - at, of: sizes.length, largest, others },
    };
  }
  return { kept: finite };
}
