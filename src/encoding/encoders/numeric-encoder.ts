import { type Extremes, withoutExtremes } from './extremes.ts';

/** How one number becomes an input: a signed logarithm where the values are skewed, then standardised; a missing value is the mean. */
export interface NumericEncoder {
  readonly log: boolean;
  readonly mean: number;
  readonly deviation: number;
  /** Of values in an uncommon unit, or far from zero for their spread: counted from `from` in units of `unit` before anything else. */
  readonly scale?: Scale;
  /** Values that were left out of the fit, beyond all measure beside the others. */
  readonly extremes?: Extremes;
}

interface Scale {
  readonly from: number;
  readonly unit: number;
}

/** Beyond this many deviations a value tells no more, but could throw a model off. */
export const NUMBER_CLIP = 5;
/** Skewness above which the logarithm is taken; an exponential distribution has 2. */
const SKEWED = 2;
/** The logarithm of numbers below this, plus one, is the number itself to half a percent: it takes nothing of the skew. */
const SMALL = 0.01;
/** Powers of numbers beyond this overflow. */
const LARGE = 1e100;
/** Values whose whole range is a smaller share of their size than this are counted from their own end: the one that more of them are near. */
const NARROW = 1e-3;
/** A typical value in units of its scale, so that a logarithm tells it from a tenth of it. */
const TYPICAL = 128;

export function fitNumeric(values: readonly number[]): NumericEncoder {
  const { kept, extremes } = withoutExtremes(values);
  return { ...fitScaled(kept), ...(extremes ? { extremes } : {}) };
}

/** Looks for a scale only where the values as they are would be lost, or their skew: what is found without one stays as it is to the last bit. */
function fitScaled(values: readonly number[]): NumericEncoder {
  const plain = fitPlain(values);
  const [least, largest] = rangeOf(values);
  const size = Math.max(-least, largest);
  if (plain.deviation > 0 && size <= LARGE && !(plain.log && size < SMALL)) return plain;
  // A spread that is only rounding noise of a constant is no spread.
  if (!(largest / size - least / size > 8 * Number.EPSILON)) return { ...plain, deviation: 0 };
  const isNarrow = largest - least < NARROW * Math.min(Math.abs(least), Math.abs(largest));
  const middle = isNarrow ? medianOf(values) : 0;
  const from = isNarrow ? (middle - least <= largest - middle ? least : largest) : 0;
  const scale = { from, unit: unitOf(values.map((value) => value - from)) };
  const scaled = fitPlain(values.map((value) => (value - from) / scale.unit));
  return Number.isFinite(scaled.mean) && scaled.deviation > 0 ? { ...scaled, scale } : plain;
}

function fitPlain(values: readonly number[]): NumericEncoder {
  // Not a number where powers overflow: the logarithm it is.
  const log = !(Math.abs(moments(values).skewness) <= SKEWED);
  const { mean, deviation } = moments(log ? values.map(signedLog) : values);
  return { log, mean, deviation };
}

export function encodeNumber({ log, mean, deviation, scale }: NumericEncoder, value: number | undefined): number {
  if (value === undefined || deviation === 0) return 0;
  const scaled = scale ? (value - scale.from) / scale.unit : value;
  const standardised = ((log ? signedLog(scaled) : scaled) - mean) / deviation;
  return Math.max(-NUMBER_CLIP, Math.min(NUMBER_CLIP, standardised));
}

const signedLog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));

function moments(values: readonly number[]): { mean: number; deviation: number; skewness: number } {
  const n = Math.max(1, values.length);
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let second = 0;
  let third = 0;
  for (const value of values) {
    second += (value - mean) ** 2 / n;
    third += (value - mean) ** 3 / n;
  }
  const deviation = Math.sqrt(second);
  if (!Number.isFinite(deviation)) return { mean, deviation, skewness: Number.POSITIVE_INFINITY };
  // Too little beside the rounding of such a mean, or in no unit of this kind: see `fitScaled`.
  if (deviation <= 1e-9 * Math.max(1, Math.abs(mean))) return { mean, deviation: 0, skewness: 0 };
  return { mean, deviation, skewness: third / deviation ** 3 };
}

function rangeOf(values: readonly number[]): readonly [least: number, largest: number] {
  let least = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return [least, largest];
}

/** A power of two, so that dividing by it rounds nothing: values that differ by such a factor are encoded alike. */
function unitOf(distances: readonly number[]): number {
  const typical = medianOf(distances.map(Math.abs).filter((size) => size > 0));
  return Math.max(Number.MIN_VALUE, 2 ** Math.floor(Math.log2(typical)) / TYPICAL);
}

const medianOf = (values: readonly number[]): number => Float64Array.from(values).sort()[values.length >> 1];
