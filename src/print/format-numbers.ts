import type { DifferenceCell, IntervalCell } from '../measure/comparison-report.ts';

/** A metric with four decimals; an en dash where it is undefined. */
export function formatMetric(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}

/** A standard deviation beside a metric: `±.0012`. */
export function formatDeviation(value: number | null): string {
  return value === null ? '' : `±${value.toFixed(4).replace(/^0/, '')}`;
}

export function formatInterval(interval: IntervalCell | null): string {
  return interval === null ? '' : `${interval.low.toFixed(3)}-${interval.high.toFixed(3)}`;
}

/** Signed, two decimals: hundredths of a point are a tenth of what a test part of thousands of lists can tell. */
export function formatPoints(points: number): string {
  const rounded = points.toFixed(2);
  return Number(rounded) === 0 ? '0.00' : points > 0 ? `+${rounded}` : rounded;
}

export function formatDifferenceInterval({ low, high }: DifferenceCell): string {
  return `[${formatPoints(low)}, ${formatPoints(high)}]`;
}

/** A count with thin groups of three digits: `8,114`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A mean epoch: whole numbers stay whole. */
export function formatEpoch(epoch: number): string {
  return Number.isInteger(epoch) ? String(epoch) : epoch.toFixed(1);
}

/** `95 %` of 0.95. */
export function formatLevel(level: number): string {
  return `${Number((100 * level).toFixed(2))} %`;
}
