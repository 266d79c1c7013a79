import type { ComparisonReport } from '../../measure/comparison-report.ts';
import { columnHead, metricsOf } from '../../measure/report-metrics.ts';
import { formatCount, formatMetric, listed } from '../format-numbers.ts';

/** Of a test part in which nothing was clicked, or everything: no order is better than another, and what the figures cannot say comes first. */
export function oneClassSentences(report: ComparisonReport): string[] {
  const { items, clicks, lists } = report.protocol.parts.test;
  if (items === 0 || (clicks > 0 && clicks < items)) return [];
  const row = report.systems.find(({ name }) => name === report.baseline);
  const metrics = metricsOf(report);
  const has = (name: string): boolean => row?.metrics[name]?.mean !== null;
  const defined = metrics.filter(({ name }) => has(name));
  const found = clicks === 0 ? 'No item was clicked' : 'Every item was clicked';
  const unusable = metrics.filter(({ name }) => !has(name)).map(({ title }) => title);
  const figures = defined.map(
    (metric) => `${columnHead(metric)} ${formatMetric(row?.metrics[metric.name].mean ?? null, metric.digits)}`,
  );
  return [
    `${found} in the ${formatCount(lists)} lists of the test part, so it cannot tell which model orders better; take a log with clicked and other items.`,
    `Without a value: ${listed(unusable, 'and')}. Of ${report.baseline}: ${listed(figures, 'and')}.`,
  ];
}
