import type { DifferenceCell, IntervalCell } from '../measure/comparison-report.ts';

/** Decimals of a metric that asks for no other. */
const DIGITS = 4;

/** A metric with its decimals; an en dash where it is undefined. */
export function formatMetric(value: number | null, digits: number = DIGITS): string {
  return value === null ? '–' : value.toFixed(digits);
}

/** A standard deviation beside a metric: `±.0012`. */
export function formatDeviation(value: number | null, digits: number = DIGITS): string {
  return value === null ? '' : `±${value.toFixed(digits).replace(/^0(?=\.)/, '')}`;
}

/** With one decimal less than the metric. */
export function formatInterval(interval: IntervalCell | null, digits: number = DIGITS): string {
  if (interval === null) return '';
  const [low, high] = [interval.low, interval.high].map((end) => end.toFixed(Math.max(0, digits - 1)));
  return `${low}-${high}`;
}

/** Signed, two decimals: hundredths of a point are a tenth of what a test part of thousands of lists can tell. */
export function formatPoints(points: number): string {
  const rounded = points.toFixed(2);
  return Number(rounded) === 0 ? '0.00' : points > 0 ? `+${rounded}` : rounded;
}

export function formatDifferenceInterval({ low, high }: DifferenceCell): string {
  return `[${formatBound(low, high)}, ${formatBound(high, low)}]`;
}

/** An end of an interval; where all of it lies on one side of 0, with as many decimals as show that. */
export function formatBound(bound: number, other: number): string {
  const text = formatPoints(bound);
  if (text !== '0.00' || bound === 0 || Math.sign(bound) !== Math.sign(other)) return text;
  return `${bound > 0 ? '+' : ''}${Number(bound.toPrecision(1)).toFixed(Math.min(20, Math.ceil(-Math.log10(Math.abs(bound)))))}`;
}

/** A count with thin groups of three digits: `8,114`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** Seconds, rounded: `14 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A mean epoch: whole numbers stay whole. */
export function formatEpoch(epoch: number): string {
  return Number.isInteger(epoch) ? String(epoch) : epoch.toFixed(1);
}

/** `95 %` of 0.95. */
export function formatLevel(level: number): string {
  return `${Number((100 * level).toFixed(2))} %`;
}

/** `a, b and c`. */
export function listed(words: readonly string[], last: 'and' | 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}
