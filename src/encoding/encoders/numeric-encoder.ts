/** How one number becomes an input: a signed logarithm where the values are skewed, then standardised; a missing value is the mean. */
export interface NumericEncoder {
  readonly log: boolean;
  readonly mean: number;
  readonly deviation: number;
}

/** Beyond this many deviations a value tells no more, but could throw a model off. */
const CLIP = 5;
/** Skewness above which the logarithm is taken; an exponential distribution has 2. */
const SKEWED = 2;

export function fitNumeric(values: readonly number[]): NumericEncoder {
  // Not a number where values are so large that their powers overflow: the logarithm it is.
  const log = !(Math.abs(moments(values).skewness) <= SKEWED);
  const { mean, deviation } = moments(log ? values.map(signedLog) : values);
  return { log, mean, deviation };
}

export function encodeNumber({ log, mean, deviation }: NumericEncoder, value: number | undefined): number {
  if (value === undefined || deviation === 0) return 0;
  const standardised = ((log ? signedLog(value) : value) - mean) / deviation;
  return Math.max(-CLIP, Math.min(CLIP, standardised));
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
  // A spread that is only rounding noise of a constant is no spread.
  if (deviation <= 1e-9 * Math.max(1, Math.abs(mean))) return { mean, deviation: 0, skewness: 0 };
  return { mean, deviation, skewness: third / deviation ** 3 };
}
