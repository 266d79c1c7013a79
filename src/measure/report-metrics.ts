import { type MetricGroup, type MetricInfo, metricInfo } from '../metrics/metric.ts';
import { metrics } from '../metrics/metrics.ts';

export type { MetricGroup, MetricInfo };

/** The tables of figures, in their order. */
export const METRIC_GROUPS: readonly { readonly group: MetricGroup; readonly title: string }[] = [
  { group: 'clicks', title: 'Click or no click' },
  { group: 'probabilities', title: 'Click probabilities' },
  { group: 'order', title: 'Order in the list' },
  { group: 'lists', title: 'The list as a whole' },
  { group: 'own', title: 'Own metrics' },
];

const builtIn: readonly MetricInfo[] = metrics.all.map(metricInfo);

/** The metrics of a report in the order of its columns: those of the program, then those that its maker brought. */
export const metricsOf = ({
  ownMetrics = [],
}: {
  readonly ownMetrics?: readonly MetricInfo[];
}): readonly MetricInfo[] => [...builtIn, ...ownMetrics];

/** Of a column. */
export const columnHead = ({ head, title }: MetricInfo): string => head ?? title;

/** Title of a metric of the program, as it stands in a sentence. */
export const titleOf = (name: string): string => metrics.named(name).title;
